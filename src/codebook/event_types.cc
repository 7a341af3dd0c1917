// event_types.csv: the kinds of events and their codes in other schemes.
#include <algorithm>
#include <array>
#include <utility>

#include "src/codebook/content.h"

namespace sitgraph::codebook {
namespace {

enum Column : size_t {
  kId,
  kGroup,
  kParent,
  kLabel,
  kDefinition,
  kPloverEvent,
  kPloverMode,
  kCameo,
  kAcledEvent,
  kAcledSubEvent
};
constexpr std::array<std::string_view, 10> kColumns = {"id",          "group",          "parent",      "label",
                                                       "definition",  "plover_event",   "plover_mode", "cameo",
                                                       "acled_event", "acled_sub_event"};
constexpr std::array<std::string_view, 4> kRequired = {"id", "group", "label", "definition"};

const std::vector<std::string> kGroups = {"fighting", "control", "people", "accord", "words"};

// PLOVER's event classes of 2021, and YIELD, which was CONCEDE and RETREAT before.
const std::vector<std::string> kPloverEvents = {"AGREE",   "CONSULT",  "SUPPORT",  "CONCEDE", "COOPERATE", "AID",
                                                "RETREAT", "YIELD",    "REQUEST",  "ACCUSE",  "REJECT",    "THREATEN",
                                                "PROTEST", "SANCTION", "MOBILIZE", "COERCE",  "ASSAULT"};

// ACLED codebook, 2023: sub-event types by event type.
struct AcledType {
  std::string event;
  std::vector<std::string> sub_events;
};
const std::vector<AcledType> kAcled = {
    {"Battles", {"Government regains territory", "Non-state actor overtakes territory", "Armed clash"}},
    {"Protests", {"Excessive force against protesters", "Protest with intervention", "Peaceful protest"}},
    {"Riots", {"Violent demonstration", "Mob violence"}},
    {"Explosions/Remote violence",
     {"Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
      "Remote explosive/landmine/IED", "Grenade"}},
    {"Violence against civilians", {"Sexual violence", "Attack", "Abduction/forced disappearance"}},
    {"Strategic developments",
     {"Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
      "Looting/property destruction", "Non-violent transfer of territory", "Other"}}};

bool IsCameo(std::string_view code) {
  if (code.size() < 2 || code.size() > 4) return false;
  if (!std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
  const int root = (code[0] - '0') * 10 + (code[1] - '0');
  return root >= 1 && root <= 20;
}

bool IsSlug(std::string_view word) {
  return !word.empty() && word.front() != '-' && word.back() != '-' &&
         std::all_of(word.begin(), word.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

void CheckAcled(const Table& table, const Cell& event, const Cell& sub_event, ErrorList& errors) {
  if (event.empty()) {
    if (!sub_event.empty()) errors.Add(table.PlaceOf(sub_event), "acled_sub_event without acled_event");
    return;
  }
  std::vector<std::string> names;
  for (const AcledType& type : kAcled) {
    names.push_back(type.event);
    if (type.event != event.text) continue;
    const auto& subs = type.sub_events;
    if (!sub_event.empty() && std::find(subs.begin(), subs.end(), sub_event.text) == subs.end()) {
      errors.Add(table.PlaceOf(sub_event),
                 "unknown ACLED sub-event '" + std::string(sub_event.text) + "' of '" + type.event + "'",
                 Suggest(sub_event.text, subs, "one of: " + Join(subs)));
    }
    return;
  }
  errors.Add(table.PlaceOf(event), "unknown ACLED event type '" + std::string(event.text) + "'",
             Suggest(event.text, names, "one of: " + Join(names)));
}

void CheckParents(const Table& table, const std::vector<size_t>& row_of, Content& content, ErrorList& errors) {
  std::vector<std::string> ids;
  for (const EventType& type : content.event_types) ids.push_back(type.id);
  for (size_t i = 0; i < content.event_types.size(); ++i) {
    const EventType& type = content.event_types[i];
    if (type.parent.empty()) continue;
    const Cell cell = table.At(row_of[i], kParent);
    if (!content.event_type_of_id.contains(type.parent)) {
      errors.Add(table.PlaceOf(cell), "unknown parent type '" + type.parent + "'", Suggest(type.parent, ids));
      continue;
    }
    // Walk up; more steps than there are types mean that the way goes round.
    const EventType* above = &type;
    size_t steps = 0;
    while (above != nullptr && steps <= content.event_types.size()) {
      const auto found = content.event_type_of_id.find(above->parent);
      above = found == content.event_type_of_id.end() ? nullptr : &content.event_types[found->second];
      if (above == &type) {
        errors.Add(table.PlaceOf(cell), "'" + type.id + "' is its own parent, through '" + type.parent + "'");
        break;
      }
      ++steps;
    }
  }
}

}  // namespace

void ParseEventTypes(const SourceFile& file, Content& content, ErrorList& errors) {
  const Table table = Table::Read(file, kColumns, kRequired, errors);
  std::vector<size_t> row_of;  // of each event type
  for (size_t r = 0; r < table.size(); ++r) {
    auto text = [&](Column column) { return std::string(table.At(r, column).text); };
    EventType type{text(kId),          text(kGroup),      text(kParent), text(kLabel),      text(kDefinition),
                   text(kPloverEvent), text(kPloverMode), text(kCameo),  text(kAcledEvent), text(kAcledSubEvent)};
    const Cell id = table.At(r, kId);
    if (!IsSlug(type.id)) {
      errors.Add(table.PlaceOf(id), "malformed id '" + type.id + "'", "small letters, digits and single hyphens");
    }
    const auto known = [&](Column column, const std::vector<std::string>& words, std::string_view what) {
      const Cell cell = table.At(r, column);
      if (cell.empty() || std::find(words.begin(), words.end(), cell.text) != words.end()) return;
      errors.Add(table.PlaceOf(cell), "unknown " + std::string(what) + " '" + std::string(cell.text) + "'",
                 Suggest(cell.text, words, "one of: " + Join(words)));
    };
    known(kGroup, kGroups, "group");
    known(kPloverEvent, kPloverEvents, "PLOVER event");
    if (!type.plover_mode.empty() && type.plover_event.empty()) {
      errors.Add(table.PlaceOf(table.At(r, kPloverMode)), "plover_mode without plover_event");
    }
    if (!type.cameo.empty() && !IsCameo(type.cameo)) {
      errors.Add(table.PlaceOf(table.At(r, kCameo)), "malformed CAMEO code '" + type.cameo + "'",
                 "two to four digits that start with 01 to 20; keep the leading zero");
    }
    CheckAcled(table, table.At(r, kAcledEvent), table.At(r, kAcledSubEvent), errors);
    const auto [at, fresh] =
        content.event_type_of_id.emplace(type.id, static_cast<uint32_t>(content.event_types.size()));
    if (!fresh) {
      errors.Add(table.PlaceOf(id), "event type '" + type.id + "' twice, first in line " +
                                        std::to_string(content.event_type_places[at->second].line));
      continue;
    }
    content.event_types.push_back(std::move(type));
    content.event_type_places.push_back(table.PlaceOf(id));
    row_of.push_back(r);
  }
  CheckParents(table, row_of, content, errors);
}

}  // namespace sitgraph::codebook
