// What of an event tells whether another report tells the same happening: its type, where, when, who, how many.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/codebook/codebook.h"
#include "src/extract/frame.h"
#include "src/resolve/statements.h"

namespace sitgraph::resolve {

// How well the day is known.
enum class TimeKind : uint8_t {
  kDay,        // to three days or better
  kSpan,       // a longer interval: "in May 2015"
  kSince,      // from a day on, until the report
  kPublished,  // not at all: `begin` and `end` are the day of the report
};

struct Party {
  std::string iri;
  bool named = false;
  bool people = false;              // civilians, families, ...: no armed body
  std::vector<std::string> bodies;  // what it belongs to, from the nearest outwards
};

struct Amount {
  std::string unit, harm;
  double least = 0, most = 0;
};

// All texts are free of control characters; IRIs are absolute.
struct Happening {
  std::string event, report;
  std::string type, parent;         // `parent`: the wider type, or empty
  std::string block;                // only happenings of one block can be the same: "ROOT-TYPE ANCHOR-IRI"
  std::vector<std::string> sites;   // where it happened, the one that the block was chosen by first; may be empty
  std::vector<std::string> around;  // what encloses the first site, from the nearest outwards
  bool fine = false;                // the first site is a town or smaller
  TimeKind time = TimeKind::kDay;
  int32_t begin = 0, end = 0;  // days since 1970, inclusive
  std::vector<Party> agents, others;
  std::vector<Amount> amounts;
  bool negated = false;
};

// The events of a frame that can be gathered into incidents: told as done, possible or denied, and with a day that
// they, or the report, give. `statements` are those of the same frame.
std::vector<Happening> HappeningsOf(const extract::Frame& frame, const Statements& statements, std::string_view base,
                                    const codebook::Codebook* codebook);

// As the bytes of a record, and back; nullopt for bytes that Encode did not make.
std::string Encode(const Happening& happening);
std::optional<Happening> DecodeHappening(std::string_view bytes);

}  // namespace sitgraph::resolve
