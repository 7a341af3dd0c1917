#include "src/extract/world_places.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>

#include "base/text.h"
#include "src/extract/kinds.h"
#include "src/language/tagset.h"

namespace sitgraph::extract {
namespace {

using codebook::EntityKind;
using codebook::Entry;
using codebook::PlaceType;
using language::TokenIndex;
using language::TokenKind;

constexpr TokenIndex kMaxNameTokens = 10;

// How many people make a place likely where less is said of it.
constexpr uint32_t kCity = 100'000;       // known abroad: "in X" is enough
constexpr uint32_t kTown = 20'000;        // "from X", in a country that is spoken of
constexpr uint32_t kLargeCity = 200'000;  // by its name alone, in a country that is spoken of
constexpr uint32_t kMetropolis = 1'000'000;

bool IsSettlementWord(std::string_view lower) {
  return OneOf(lower, {"city", "town", "village", "settlement", "suburb", "suburbs", "cities", "towns", "villages",
                       "port", "hamlet", "capital", "township", "municipality"});
}
bool IsRegionWord(std::string_view lower) {
  return OneOf(lower, {"province", "governorate", "region", "district", "state", "county", "provinces", "governorates",
                       "districts", "regions", "department", "oblast"});
}
bool IsSide(std::string_view lower) {
  return OneOf(lower,
               {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "outskirts",
                "outside", "part", "parts", "edge", "streets", "centre", "center", "countryside", "vicinity"});
}
// What may stand between a preposition and a place's name.
bool IsPlaceModifier(std::string_view lower) {
  return OneOf(lower, {"the", "northern", "southern", "eastern", "western", "central", "downtown", "nearby", "rural",
                       "northeastern", "northwestern", "southeastern", "southwestern", "greater", "neighbouring",
                       "neighboring"});
}
bool IsSurePreposition(std::string_view lower) {
  return OneOf(lower, {"in", "near", "inside", "outside", "around", "across", "throughout"});
}
bool IsPreposition(std::string_view lower) {
  return OneOf(lower, {"from", "to", "into", "toward", "towards", "of", "at", "between", "through", "via", "on"});
}

// A name of the gazetteer at tokens [first, last).
struct Candidate {
  TokenIndex first = 0, last = 0;
  bool as_spelt = true;   // the gazetteer has it in this spelling
  bool headline = false;  // in a sentence of capitals, where they tell nothing
  std::vector<const Entry*> entries;
  const Entry* chosen = nullptr;
};

// What the words around a name say.
enum class Ground : uint8_t { kNone, kPreposition, kSurePreposition, kSaid };

class Finder {
 public:
  Finder(const language::Document& document, const codebook::Codebook& codebook, SentenceFacts& facts)
      : document_(document), codebook_(codebook), facts_(facts), known_(document.tokens.size(), nullptr) {}

  void Run(std::string_view dateline) {
    for (const language::Sentence& sentence : document_.sentences) Scan(sentence);
    if (candidates_.empty()) return;
    if (const Entry* place = PlaceOf(dateline)) ++countries_[place->country];
    // What is sure first, as it tells of the rest: names told again, lists.
    for (int round = 0; round < 2; ++round) {
      for (Candidate& candidate : candidates_) {
        if (candidate.chosen == nullptr) Decide(candidate);
      }
    }
    for (const Candidate& candidate : candidates_) {
      if (candidate.chosen != nullptr) facts_.places.push_back({candidate.first, candidate.last, {candidate.chosen}});
    }
  }

 private:
  std::string_view Text(TokenIndex i) const { return document_.Text(i); }
  std::string Lower(TokenIndex i) const { return base::Lower(Text(i)); }
  bool IsWord(TokenIndex i) const { return document_.tokens[i].kind == TokenKind::kWord; }
  bool IsCapital(TokenIndex i) const {
    if (!IsWord(i)) return false;
    if (facts_.caseless) return IsProperNoun(i);
    const std::string_view text = Text(i);
    return base::Lower(text) != text &&
           (static_cast<unsigned char>(text[0]) >= 0x80 || (text[0] >= 'A' && text[0] <= 'Z'));
  }
  // What starts no name.
  bool IsSmallWord(TokenIndex i) const {
    const std::string_view text = Text(i);
    return !facts_.caseless && text[0] >= 'a' && text[0] <= 'z' && text.find('-') == std::string_view::npos &&
           !OneOf(text, {"al", "ar", "as", "ash", "az", "ad", "an", "at", "el", "ez"});
  }
  bool IsProperNoun(TokenIndex i) const {
    return !document_.analyses.empty() && document_.analyses[i].upos == language::Upos::kPropn;
  }

  // --- What the report names -----------------------------------------------------------------------------------------

  void Scan(const language::Sentence& sentence) {
    begin_ = sentence.begin;
    end_ = sentence.end;
    const bool headline = IsTitleCase(sentence);
    for (TokenIndex i = sentence.begin; i < sentence.end;) {
      i = ScanAt(i, headline);
    }
  }

  bool IsTitleCase(const language::Sentence& sentence) const {
    size_t capitals = 0;
    size_t words = 0;
    for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
      if (!IsWord(i) || Text(i).size() < 4 || i == sentence.begin || facts_.TimeAt(i) >= 0) continue;
      ++words;
      capitals += IsCapital(i) ? 1 : 0;
    }
    return words >= 4 && capitals * 10 >= words * 7;
  }

  TokenIndex ScanAt(TokenIndex i, bool headline) {
    if (!IsWord(i) || IsSmallWord(i) || facts_.TimeAt(i) >= 0 || facts_.NumberAt(i) >= 0) return i + 1;
    std::vector<std::string_view> tokens;
    for (TokenIndex t = i; t < end_ && tokens.size() < kMaxNameTokens; ++t) tokens.push_back(Text(t));
    const auto known = codebook_.MatchName(tokens, facts_.caseless && IsProperNoun(i));
    const auto match = MayStart(i) ? MatchGazetteer(tokens) : std::nullopt;
    const bool longer = match && (!known || match->tokens > known->tokens);
    const Entry* place = known ? PlaceIn(*known) : nullptr;
    if (longer && (!known || (place != nullptr && GoesOn(*place, *match)))) {
      Candidate candidate{i,      static_cast<TokenIndex>(i + match->tokens), match->as_spelt, headline, match->entries,
                          nullptr};
      if (IsWholeName(candidate)) {
        candidates_.push_back(std::move(candidate));
        return i + static_cast<TokenIndex>(match->tokens);
      }
      if (!known) return i + 1;
    }
    if (known) {
      const Entry* entry = known->entries[0];
      if (entry->kind != EntityKind::kPerson && !entry->country.empty()) ++countries_[entry->country];
      for (size_t t = 0; t < known->tokens; ++t) known_[i + t] = place;
      return i + static_cast<TokenIndex>(known->tokens);
    }
    if (const Entry* country = codebook_.FindDemonym(Text(i), facts_.caseless)) ++countries_[country->country];
    return i + 1;
  }

  std::optional<codebook::NameMatch> MatchGazetteer(std::span<const std::string_view> tokens) const {
    auto match = codebook_.MatchGazetteer(tokens, facts_.caseless);
    // "El Geneina" is listed as "Geneina".
    if (!match && tokens.size() > 1 && OneOf(base::Lower(tokens[0]), {"el", "al"})) {
      match = codebook_.MatchGazetteer(tokens.subspan(1), facts_.caseless);
      if (match) ++match->tokens;
    }
    return match;
  }

  // "Kuwait City" behind the country's name; a longer name of another place is none of the codebook's.
  static bool GoesOn(const Entry& known, const codebook::NameMatch& match) {
    return std::any_of(match.entries.begin(), match.entries.end(),
                       [&](const Entry* entry) { return entry->country == known.country; });
  }
  // A capital's name is its country's government, too.
  static const Entry* PlaceIn(const codebook::NameMatch& match) {
    for (const Entry* entry : match.entries) {
      if (entry->kind == EntityKind::kPlace) return entry;
    }
    return nullptr;
  }

  bool MayStart(TokenIndex i) const {
    if (codebook_.gazetteer() == nullptr) return false;
    if (facts_.caseless) return IsProperNoun(i) && Text(i).size() > 3;
    const std::string_view text = Text(i);
    return IsCapital(i) || text.find('-') != std::string_view::npos;
  }

  // Whether the name is not a part of a longer one, nor a word of the codebook, nor a family name behind another.
  bool IsWholeName(const Candidate& candidate) {
    const TokenIndex first = candidate.first;
    const TokenIndex last = candidate.last;
    const auto joined = [&](TokenIndex before) { return !document_.tokens[before].space_after; };
    const auto hyphen = [&](TokenIndex t) { return OneOf(Text(t), {"-", "‐", "‑", "/"}); };
    if (first > begin_ && hyphen(first - 1) && joined(first - 1)) return false;
    if (last < end_ && hyphen(last) && joined(last - 1)) return false;
    const bool single = last == first + 1;
    const std::string lower = Lower(first);
    if (single && IsOtherWord(first, lower)) return false;
    // "Abu Hadi", "General Victoria", "Hama Street"
    if (first > begin_ && IsCapital(first - 1) && !MayStandBefore(first - 1)) {
      if (single) surnames_.insert(lower);
      return false;
    }
    if (last < end_ && IsCapital(last) && !IsDesignator(Lower(last)) &&
        codebook_.FindDemonym(Text(last), facts_.caseless) == nullptr && !candidate.headline) {
      return false;
    }
    return true;
  }

  bool IsOtherWord(TokenIndex i, const std::string& lower) const {
    constexpr size_t kShort = 3;
    const std::string_view text = Text(i);
    if (text.size() < kShort || ClosedClass(lower) != WordClass::kNominal) return true;
    const bool acronym = std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    constexpr size_t kAcronym = 5;
    if (acronym && text.size() <= kAcronym) return true;
    if (codebook_.FindDemonym(text, facts_.caseless) != nullptr || codebook_.FindNoun(lower) != nullptr) return true;
    const std::string_view title[] = {text};
    if (codebook_.MatchTitle(title)) return true;
    const auto& triggers = codebook_.triggers();
    if (!triggers.Cues(lower).empty() || !triggers.Find(codebook::TriggerPart::kVerb, lower).empty() ||
        !triggers.Find(codebook::TriggerPart::kNoun, lower).empty()) {
      return true;
    }
    return !document_.analyses.empty() && !IsProperNoun(i) && IsSentenceStart(i);
  }
  bool IsSentenceStart(TokenIndex i) const { return i == begin_ || (i == begin_ + 1 && !IsWord(begin_)); }

  bool IsDesignator(const std::string& lower) const { return IsSettlementWord(lower) || IsRegionWord(lower); }

  // A word with a capital that is no part of the name behind it: "In", "Eastern", "Iraqi".
  bool MayStandBefore(TokenIndex i) const {
    const std::string lower = Lower(i);
    return ClosedClass(lower) != WordClass::kNominal || IsPlaceModifier(lower) || known_[i] != nullptr ||
           IsDesignator(lower) || codebook_.FindDemonym(Text(i), facts_.caseless) != nullptr;
  }

  const Entry* PlaceOf(std::string_view name) const {
    const std::vector<std::string_view> tokens = base::Split(name, ' ');
    auto match = codebook_.MatchName(tokens, true);
    if (!match) match = codebook_.MatchGazetteer(tokens, true);
    return match && match->tokens == tokens.size() ? PlaceIn(*match) : nullptr;
  }

  // --- What a name's neighbours say ----------------------------------------------------------------------------------

  Ground GroundOf(const Candidate& candidate) const {
    if (candidate.last < document_.tokens.size() && IsDesignator(Lower(candidate.last))) return Ground::kSaid;
    TokenIndex i = candidate.first;
    while (i > 0 && IsPlaceModifier(Lower(i - 1))) --i;
    if (i == 0) return Ground::kNone;
    const std::string before = Lower(i - 1);
    if (IsDesignator(before)) return Ground::kSaid;
    if (before == "of" && i >= 2 && (IsDesignator(Lower(i - 2)) || IsSide(Lower(i - 2)))) return Ground::kSaid;
    if (IsSurePreposition(before)) return Ground::kSurePreposition;
    return IsPreposition(before) ? Ground::kPreposition : Ground::kNone;
  }

  // "Tal Afar, Iraq", "Tal Afar, in northern Iraq": the country named right behind.
  std::string CountryBeside(const Candidate& candidate) const {
    constexpr TokenIndex kReach = 4;
    TokenIndex i = candidate.last;
    if (i >= document_.tokens.size() || !OneOf(Text(i), {",", "("})) return {};
    for (TokenIndex step = 0; step < kReach && ++i < document_.tokens.size(); ++step) {
      if (known_[i] != nullptr) return known_[i]->country;
      const std::string lower = Lower(i);
      if (lower != "in" && !IsPlaceModifier(lower)) return {};
    }
    return {};
  }

  // "Springfield, Missouri": the place that lies in the region named right behind.
  const Entry* InRegionBeside(const Candidate& candidate) const {
    if (candidate.last + 1 >= document_.tokens.size() || Text(candidate.last) != ",") return nullptr;
    const auto other = std::lower_bound(candidates_.begin(), candidates_.end(), candidate.last + 1,
                                        [](const Candidate& each, TokenIndex first) { return each.first < first; });
    if (other == candidates_.end() || other->first != candidate.last + 1) return nullptr;
    for (const Entry* entry : candidate.entries) {
      for (const Entry* region : other->entries) {
        if (entry->within == region->id) return entry;
      }
    }
    return nullptr;
  }

  // "in Mosul, Hit and X": the place before it in a list.
  const Entry* InListWith(const Candidate& candidate) const {
    TokenIndex i = candidate.first;
    if (i >= 2 && Lower(i - 1) == "and" && Text(i - 2) == ",") --i;
    if (i < 2 || !OneOf(Lower(i - 1), {",", "and", "or"})) return nullptr;
    if (known_[i - 2] != nullptr) return known_[i - 2];
    const auto other = std::lower_bound(candidates_.begin(), candidates_.end(), i - 1,
                                        [](const Candidate& each, TokenIndex last) { return each.last < last; });
    return other != candidates_.end() && other->last == i - 1 ? other->chosen : nullptr;
  }

  // "the village X", "villages of X"
  std::string WordBefore(const Candidate& candidate) const {
    TokenIndex i = candidate.first;
    if (i >= 2 && Lower(i - 1) == "of") --i;
    return i == 0 ? std::string() : Lower(i - 1);
  }
  static bool IsSmall(std::string_view lower) {
    return OneOf(lower, {"village", "villages", "hamlet", "settlement", "district", "neighborhood", "neighbourhood",
                         "suburb", "suburbs", "camp"});
  }

  uint32_t MostSpokenOf() const {
    uint32_t most = 0;
    for (const auto& [country, number] : countries_) most = std::max(most, number);
    return most;
  }
  uint32_t Weight(const std::string& country) const {
    const auto at = countries_.find(country);
    return at == countries_.end() ? 0 : at->second;
  }

  // --- Which one, if any ---------------------------------------------------------------------------------------------

  void Decide(Candidate& candidate) {
    Ground ground = GroundOf(candidate);
    std::string country = CountryBeside(candidate);
    if (const Entry* neighbour = InListWith(candidate);
        neighbour != nullptr && country.empty() && neighbour->place_type != PlaceType::kCountry) {
      country = neighbour->country;
    }
    const bool region = candidate.last < document_.tokens.size() && IsRegionWord(Lower(candidate.last));
    const Entry* best = nullptr;
    const auto rank = [&](const Entry* entry) {
      const bool of_region = entry->place_type == PlaceType::kGovernorate || entry->place_type == PlaceType::kDistrict;
      return std::tuple(entry->country == country, Weight(entry->country), of_region == region, !entry->gazetteer,
                        entry->population);
    };
    for (const Entry* entry : candidate.entries) {
      if (best == nullptr || rank(best) < rank(entry)) best = entry;
    }
    if (best == nullptr) return;
    if (best->country == country) ground = Ground::kSaid;
    if (const Entry* beside = InRegionBeside(candidate)) {
      candidate.chosen = beside;
      accepted_.insert(beside->within);  // the region itself is meant, too
      return;
    }
    if (!Believe(candidate, *best, ground)) return;
    candidate.chosen = best;
    accepted_.insert(best->id);
  }

  bool Believe(const Candidate& candidate, const Entry& entry, Ground ground) const {
    // A village, or a name in another spelling, is looked for only where most of the report happens.
    const bool small = candidate.last < document_.tokens.size() && IsSmall(Lower(candidate.last));
    const bool near_only = !candidate.as_spelt || small || IsSmall(WordBefore(candidate));
    if (near_only && Weight(entry.country) * 2 < MostSpokenOf()) return false;
    const bool spoken_of = Weight(entry.country) > 0;
    const bool own = !entry.gazetteer;  // under another spelling
    const uint32_t people = entry.population;
    const bool single = candidate.last == candidate.first + 1;
    if (ground == Ground::kSaid) return spoken_of || people >= kCity;
    if (single && surnames_.contains(Lower(candidate.first))) return false;
    if (single && facts_.caseless) return ground == Ground::kSurePreposition && spoken_of;
    if (accepted_.contains(entry.id)) return true;
    if (candidate.headline) return spoken_of && people >= kLargeCity;
    constexpr size_t kShort = 4;  // letters of a name that is a name of many things
    if (single && Text(candidate.first).size() < kShort) return false;
    switch (ground) {
      case Ground::kSurePreposition:
        return spoken_of || people >= kCity;
      case Ground::kPreposition:
        return spoken_of ? own || people >= kTown : people >= kMetropolis;
      default:
        return spoken_of && people >= kLargeCity;
    }
  }

  const language::Document& document_;
  const codebook::Codebook& codebook_;
  SentenceFacts& facts_;
  TokenIndex begin_ = 0, end_ = 0;             // of the sentence
  std::vector<const Entry*> known_;            // by token: the codebook's place there
  std::vector<Candidate> candidates_;          // in the order of the text, none over another
  std::map<std::string, uint32_t> countries_;  // how often the report speaks of each
  std::set<std::string> surnames_;             // small letters
  std::set<std::string> accepted_;             // ids
};

}  // namespace

void FindWorldPlaces(const language::Document& document, std::string_view dateline, const codebook::Codebook& codebook,
                     SentenceFacts& facts) {
  if (codebook.gazetteer() == nullptr) return;
  Finder(document, codebook, facts).Run(dateline);
}

}  // namespace sitgraph::extract
