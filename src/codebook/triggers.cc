#include "src/codebook/triggers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "base/csv.h"
#include "base/text.h"

namespace sitgraph::codebook {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::array<std::pair<std::string_view, Role>, 8> kRoles = {{{"-", Role::kNone},
                                                                      {"agent", Role::kAgent},
                                                                      {"target", Role::kTarget},
                                                                      {"partner", Role::kPartner},
                                                                      {"instrument", Role::kInstrument},
                                                                      {"place", Role::kPlace},
                                                                      {"origin", Role::kOrigin},
                                                                      {"destination", Role::kDestination}}};

constexpr std::array<std::pair<std::string_view, TriggerPart>, 3> kParts = {
    {{"verb", TriggerPart::kVerb}, {"noun", TriggerPart::kNoun}, {"predicate", TriggerPart::kPredicate}}};

constexpr std::array<std::pair<std::string_view, Cue>, kCueCount> kCueKinds = {{{"saying", Cue::kSaying},
                                                                                {"negation", Cue::kNegation},
                                                                                {"possible", Cue::kPossible},
                                                                                {"intended", Cue::kIntended},
                                                                                {"demanded", Cue::kDemanded},
                                                                                {"denied", Cue::kDenied},
                                                                                {"light", Cue::kLight},
                                                                                {"receiving", Cue::kReceiving},
                                                                                {"happening", Cue::kHappening},
                                                                                {"causing", Cue::kCausing},
                                                                                {"control", Cue::kControl},
                                                                                {"verb", Cue::kVerb}}};

constexpr std::array<std::string_view, 4> kHarms = {"killed", "wounded", "missing", "killed-or-wounded"};

constexpr std::array<std::string_view, 46> kSlots = {
    "subject", "object", "possessive", "modifier", "about",  "above",   "across",     "after", "against", "along",
    "amid",    "among",  "around",     "as",       "at",     "before",  "behind",     "below", "beside",  "between",
    "beyond",  "by",     "during",     "for",      "from",   "in",      "inside",     "into",  "near",    "of",
    "off",     "on",     "onto",       "outside",  "over",   "through", "throughout", "to",    "toward",  "towards",
    "under",   "upon",   "via",        "with",     "within", "without"};

constexpr size_t kMaxWords = 6;  // of one trigger or cue

template <typename T, size_t n>
std::vector<std::string> Names(const std::array<std::pair<std::string_view, T>, n>& table) {
  std::vector<std::string> names;
  for (const auto& [name, value] : table) names.emplace_back(name);
  return names;
}

template <typename T, size_t n>
std::optional<T> Lookup(const std::array<std::pair<std::string_view, T>, n>& table, std::string_view word) {
  for (const auto& [name, value] : table) {
    if (name == word) return value;
  }
  return std::nullopt;
}

// A piece of a field, with where it starts (code points, from 1).
struct Piece {
  std::string_view text;
  uint32_t column = 0;
};

// Parts of `field` between `separator`s outside square brackets, trimmed, empty ones left out.
std::vector<Piece> Pieces(Piece field, char separator) {
  std::vector<Piece> pieces;
  size_t begin = 0;
  int depth = 0;
  for (size_t i = 0; i <= field.text.size(); ++i) {
    if (i < field.text.size()) {
      if (field.text[i] == '[') ++depth;
      if (field.text[i] == ']') --depth;
      if (field.text[i] != separator || depth > 0) continue;
    }
    const std::string_view raw = field.text.substr(begin, i - begin);
    const std::string_view trimmed = base::Trim(raw);
    if (!trimmed.empty()) {
      const auto lead = static_cast<size_t>(trimmed.data() - field.text.data());
      pieces.push_back(
          {trimmed, field.column + static_cast<uint32_t>(base::CountCodePoints(field.text.substr(0, lead)))});
    }
    begin = i + 1;
  }
  return pieces;
}

std::vector<std::string> Words(std::string_view phrase) {
  std::vector<std::string> words;
  const std::string single_blanks = base::CollapseSpace(phrase);
  for (std::string_view word : base::Split(single_blanks, ' ')) words.push_back(base::Lower(word));
  return words;
}

// Reads the rows of one file with a fixed header and collects what is wrong with them.
class TableReader {
 public:
  TableReader(std::string path, std::vector<std::string> header, std::vector<Error>& errors)
      : path_(std::move(path)), header_(std::move(header)), errors_(errors) {}

  template <typename ReadRow>
  void ForEachRow(ReadRow read_row) {
    auto reader = base::OpenReader(path_);
    if (!reader) {
      errors_.push_back(reader.error());
      return;
    }
    base::CsvReader rows(std::move(*reader), path_, {.comments = true, .max_field = 1 << 16});
    bool first = true;
    while (true) {
      const auto row = rows.Next();
      if (!row) {
        errors_.push_back(row.error());
        // A failing disk repeats its error for ever; a broken row does not.
        if (row.error().code == ErrorCode::kIo || row.error().code == ErrorCode::kUnreadable) return;
        continue;
      }
      if (*row == nullptr) return;
      line_ = (*row)->line;
      if (std::exchange(first, false)) {
        if (!CheckHeader(**row)) return;
        continue;
      }
      if ((*row)->fields.size() != header_.size()) {
        Wrong(1,
              fmt::format("this row has {} fields; {} have been expected ({})", (*row)->fields.size(), header_.size(),
                          fmt::join(header_, ", ")),
              "put fields that hold commas in double quotes");
        continue;
      }
      read_row(**row);
    }
  }

  void Wrong(uint32_t column, std::string message, std::string hint = {}) {
    errors_.push_back({ErrorCode::kBadInput, std::move(message), {path_, line_, column}, std::move(hint)});
  }
  void Unknown(Piece word, std::string_view what, const std::vector<std::string>& known) {
    const auto nearest = base::Nearest(word.text, known);
    Wrong(word.column, fmt::format("unknown {} '{}'", what, word.text),
          nearest ? fmt::format("did you mean '{}'?", *nearest) : fmt::format("known are: {}", fmt::join(known, ", ")));
  }
  uint32_t line() const { return line_; }

  static Piece Field(const base::CsvRow& row, size_t index) {
    // A field with a comma stands in quotes, so that its text begins one column later.
    const bool quoted = row.fields[index].find(',') != std::string::npos;
    return {row.fields[index], row.columns[index] + (quoted ? 1 : 0)};
  }

 private:
  bool CheckHeader(const base::CsvRow& row) {
    if (row.fields == header_) return true;
    Wrong(1, fmt::format("the header must be '{}'", fmt::join(header_, ",")));
    return false;
  }

  std::string path_;
  std::vector<std::string> header_;
  std::vector<Error>& errors_;
  uint32_t line_ = 0;
};

class TriggerReader {
 public:
  TriggerReader(const std::string& path, std::span<const std::string> types, std::vector<Error>& errors)
      : table_(path, {"type", "part", "words", "frame", "limits", "harm", "note"}, errors),
        types_(types.begin(), types.end()) {
    std::sort(types_.begin(), types_.end());
  }

  std::vector<Trigger> Read() {
    table_.ForEachRow([this](const base::CsvRow& row) { ReadRow(row); });
    for (Trigger& trigger : triggers_) {
      const auto& defaults = defaults_[static_cast<size_t>(trigger.part)];
      trigger.frame.insert(trigger.frame.end(), defaults.begin(), defaults.end());
    }
    return std::move(triggers_);
  }

 private:
  void ReadRow(const base::CsvRow& row) {
    const Piece type = TableReader::Field(row, 0);
    const Piece part_word = TableReader::Field(row, 1);
    Trigger trigger;
    trigger.type = type.text;
    trigger.line = table_.line();
    const bool is_default = type.text == "*";
    if (!is_default && !std::binary_search(types_.begin(), types_.end(), trigger.type)) {
      table_.Unknown(type, "event type", types_);
    }
    if (const auto part = Lookup(kParts, part_word.text)) {
      trigger.part = *part;
    } else {
      table_.Unknown(part_word, "part of speech", Names(kParts));
    }
    for (const Piece& entry : Pieces(TableReader::Field(row, 3), ';')) ReadSlotRole(entry, trigger.frame);
    for (const Piece& limit : Pieces(TableReader::Field(row, 4), ';')) ReadLimit(limit, trigger.limits);
    const Piece harm = TableReader::Field(row, 5);
    trigger.harm = harm.text;
    if (!harm.text.empty() && std::find(kHarms.begin(), kHarms.end(), harm.text) == kHarms.end()) {
      table_.Unknown(harm, "harm", {kHarms.begin(), kHarms.end()});
    }
    if (is_default) {
      defaults_[static_cast<size_t>(trigger.part)] = trigger.frame;
      return;
    }
    const Piece words = TableReader::Field(row, 2);
    const auto phrases = Pieces(words, ';');
    if (phrases.empty()) table_.Wrong(words.column, "this trigger has no words");
    for (const Piece& phrase : phrases) {
      trigger.words = Words(phrase.text);
      if (trigger.words.size() > kMaxWords) {
        table_.Wrong(phrase.column, fmt::format("a trigger has at most {} words", kMaxWords),
                     "separate alternatives with ';'");
      }
      triggers_.push_back(trigger);
    }
  }

  // "slot" or "slot[kind,kind]".
  bool ReadSlot(Piece text, std::string& slot, KindSet& kinds) {
    std::string_view name = text.text;
    const size_t bracket = name.find('[');
    if (bracket != std::string_view::npos) {
      if (name.back() != ']') {
        table_.Wrong(text.column, fmt::format("'{}' lacks its closing bracket", name));
        return false;
      }
      const Piece list{name.substr(bracket + 1, name.size() - bracket - 2),
                       text.column + static_cast<uint32_t>(base::CountCodePoints(name.substr(0, bracket + 1)))};
      for (const Piece& word : Pieces(list, ',')) {
        if (const auto kind = EntityKindFromWord(word.text)) {
          kinds.Add(*kind);
        } else {
          table_.Unknown(word, "kind of entity", KindWords());
        }
      }
      name = name.substr(0, bracket);
    }
    slot = base::Lower(base::Trim(name));
    if (std::find(kSlots.begin(), kSlots.end(), slot) != kSlots.end()) return true;
    table_.Unknown({name, text.column}, "slot", {kSlots.begin(), kSlots.end()});
    return false;
  }

  static std::vector<std::string> KindWords() {
    std::vector<std::string> words;
    for (int i = 0; i < kEntityKindCount; ++i) words.emplace_back(ToWord(static_cast<EntityKind>(i)));
    return words;
  }

  void ReadSlotRole(Piece entry, std::vector<SlotRole>& frame) {
    const size_t equals = entry.text.find('=');
    if (equals == std::string_view::npos) {
      table_.Wrong(entry.column, fmt::format("'{}' is no slot=role", entry.text), "write for instance 'subject=agent'");
      return;
    }
    SlotRole slot_role;
    if (!ReadSlot({base::Trim(entry.text.substr(0, equals)), entry.column}, slot_role.slot, slot_role.kinds)) return;
    const std::string_view role = base::Trim(entry.text.substr(equals + 1));
    if (const auto known = Lookup(kRoles, role)) {
      slot_role.role = *known;
      frame.push_back(std::move(slot_role));
    } else {
      const auto lead = static_cast<uint32_t>(base::CountCodePoints(entry.text.substr(0, equals + 1)));
      table_.Unknown({role, entry.column + lead}, "role", Names(kRoles));
    }
  }

  void ReadLimit(Piece text, std::vector<Limit>& limits) {
    const bool negative = text.text.front() == '!';
    const Piece body{base::Trim(text.text.substr(negative ? 1 : 0)), text.column + (negative ? 1 : 0)};
    Limit limit;
    const size_t colon = body.text.find(':');
    if (colon != std::string_view::npos) {
      const std::string_view side = body.text.substr(0, colon);
      if (side == "after" || side == "before") {
        limit.kind = side == "after" ? (negative ? LimitKind::kNotAfter : LimitKind::kAfter)
                                     : (negative ? LimitKind::kNotBefore : LimitKind::kBefore);
      } else {
        limit.kind = negative ? LimitKind::kWithout : LimitKind::kNeeds;
        if (!ReadSlot({side, body.column}, limit.slot, limit.kinds)) return;
      }
      for (const Piece& word : Pieces({body.text.substr(colon + 1), body.column}, '|')) {
        limit.words.push_back(base::Lower(word.text));
      }
    } else if (body.text == "passive" || body.text == "active") {
      limit.kind = (body.text == "passive") != negative ? LimitKind::kPassive : LimitKind::kActive;
    } else {
      limit.kind = negative ? LimitKind::kWithout : LimitKind::kNeeds;
      if (!ReadSlot(body, limit.slot, limit.kinds)) return;
    }
    limits.push_back(std::move(limit));
  }

  TableReader table_;
  std::vector<std::string> types_;
  std::vector<Trigger> triggers_;
  std::vector<SlotRole> defaults_[3];
};

}  // namespace

tl::expected<TriggerTable, std::vector<Error>> TriggerTable::Load(const std::string& folder,
                                                                  std::span<const std::string> event_type_ids) {
  std::vector<Error> errors;
  const std::filesystem::path root(folder);
  TriggerTable result;
  result.triggers_ = TriggerReader((root / "triggers.csv").string(), event_type_ids, errors).Read();
  for (uint32_t i = 0; i < result.triggers_.size(); ++i) {
    const Trigger& trigger = result.triggers_[i];
    if (trigger.words.empty()) continue;
    const std::string& key = trigger.part == TriggerPart::kNoun ? trigger.words.back() : trigger.words.front();
    result.by_part_[static_cast<size_t>(trigger.part)][key].push_back(i);
  }
  for (Index& index : result.by_part_) {
    for (auto& [key, list] : index) {
      std::stable_sort(list.begin(), list.end(), [&](uint32_t a, uint32_t b) {
        return result.triggers_[a].words.size() > result.triggers_[b].words.size();
      });
    }
  }

  TableReader cues((root / "cues.csv").string(), {"cue", "words", "note"}, errors);
  cues.ForEachRow([&](const base::CsvRow& row) {
    const Piece kind = TableReader::Field(row, 0);
    const auto cue = Lookup(kCueKinds, kind.text);
    if (!cue) {
      cues.Unknown(kind, "cue", Names(kCueKinds));
      return;
    }
    for (const Piece& phrase : Pieces(TableReader::Field(row, 1), ';')) {
      if (Words(phrase.text).size() > kMaxWords) {
        cues.Wrong(phrase.column, fmt::format("a cue has at most {} words", kMaxWords),
                   "separate alternatives with ';'");
      }
      result.cues_[fmt::format("{}", fmt::join(Words(phrase.text), " "))].Add(*cue);
    }
  });
  if (!errors.empty()) return tl::unexpected(std::move(errors));
  return result;
}

std::span<const uint32_t> TriggerTable::Find(TriggerPart part, std::string_view key) const {
  const Index& index = by_part_[static_cast<size_t>(part)];
  const auto found = index.find(key);
  return found == index.end() ? std::span<const uint32_t>() : std::span<const uint32_t>(found->second);
}

CueSet TriggerTable::Cues(std::string_view words) const {
  const auto found = cues_.find(words);
  return found == cues_.end() ? CueSet() : found->second;
}

}  // namespace sitgraph::codebook
