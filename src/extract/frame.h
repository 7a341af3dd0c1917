// The frame: what one report says, as the contract between the extractors and everything after them. Its JSON form is
// in frame_json.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/text.h"
#include "src/codebook/kinds.h"

namespace sitgraph::extract {

// A stretch of the report's text, in code points, with its words.
struct Mention {
  base::CodePointSpan span;
  std::string text;
};

using codebook::EntityKind;

// Ids are of their own type and count from 0 within one frame; JSON shows them as "n1", "v1", "c1".
enum class EntityId : uint32_t {};
enum class EventId : uint32_t {};
enum class CountId : uint32_t {};

struct Entity {
  EntityKind kind = EntityKind::kPlace;
  std::string name;    // the fullest name that the report uses, or the codebook's
  bool named = false;  // a proper name, not "militants" or "the town"
  std::string iri;     // relative to the graph's base IRI ("place/deir-ez-zor"), or absolute in frames by others
  std::vector<std::string> aliases;  // other names it is met under
  std::vector<Mention> mentions;
  std::optional<double> latitude;  // WGS84 degrees
  std::optional<double> longitude;
  // Of a place that codebook or gazetteer know: how exact it is ("settlement", "governorate", "country"), its country
  // (ISO 3166-1 alpha-2), and the IRI of the next larger place.
  std::string place_type, country, within;
};

enum class Factuality : uint8_t { kActual, kNegated, kIntended, kPossible, kDemanded };

// Inclusive bounds; a point has begin == end, an open interval lacks one.
struct TimeValue {
  std::optional<base::PartialDate> begin;
  std::optional<base::PartialDate> end;
  std::string text;  // the words behind it
};

struct Event {
  std::string type;  // a type of the codebook: "capture"
  Mention trigger;
  Mention sentence;
  std::vector<Mention> retellings;  // triggers of the same event told again in this report
  Factuality factuality = Factuality::kActual;
  std::vector<EntityId> agent, target, partner, instrument, place, origin, destination, source;
  std::optional<TimeValue> time;
  double confidence = 0;  // 0 to 1
};

enum class Qualifier : uint8_t { kExact, kAbout, kMoreThan, kLessThan };
enum class Harm : uint8_t { kNone, kKilled, kWounded, kMissing, kKilledOrWounded };

struct Count {
  std::optional<EventId> event;
  std::optional<double> min;  // nullopt: open
  std::optional<double> max;
  Qualifier qualifier = Qualifier::kExact;
  std::string unit;  // "person", "item", or a measure: "km2", "t"
  std::string of;    // what is counted, as written
  std::optional<EntityId> entity;
  std::string outcome;  // type of the event that it belongs to, or empty
  Harm harm = Harm::kNone;
  std::optional<CountId> part_of;
  Mention mention;
  Mention sentence;
};

struct Relation {
  EntityId subject{};
  std::string predicate;  // has-role, member-of, located-in, alias, allied-with, opposes, part-of
  std::variant<EntityId, std::string> object;
  Mention mention;
  Mention sentence;
};

struct ReportHeader {
  std::string id, title, publisher, author, dateline, uri, sha256;
  base::PartialDate published;
};

struct Frame {
  ReportHeader report;
  std::vector<Entity> entities;
  std::vector<Event> events;
  std::vector<Count> counts;
  std::vector<Relation> relations;
};

}  // namespace sitgraph::extract
