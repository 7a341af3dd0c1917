#include "src/resolve/happening.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/date.h"
#include "base/text.h"
#include "src/extract/frame_json.h"

namespace sitgraph::resolve {
namespace {

using codebook::Codebook;
using codebook::EntityKind;
using codebook::Entry;
using codebook::PlaceType;
using extract::Event;
using extract::Factuality;
using extract::Frame;

constexpr int kDayWidth = 3;
constexpr size_t kMaxSteps = 16;  // up a hierarchy of types or places
constexpr std::string_view kNowhere = "-";

bool IsCoarse(PlaceType type) {
  return type == PlaceType::kCountry || type == PlaceType::kRegion || type == PlaceType::kGovernorate;
}

struct Days {
  int32_t first = 0, last = 0;
};

// The days that a date may mean; one without a year is of the year of `published`.
std::optional<Days> DaysOf(base::PartialDate date, base::PartialDate published) {
  if (date.empty()) return std::nullopt;
  if (date.year == 0) {
    if (published.year == 0) return std::nullopt;
    date.year = published.year;
    const bool ahead = published.complete() && base::ToIso(date) > base::ToIso(published);
    if (ahead && date.year > 1) --date.year;  // what is told has happened
  }
  base::PartialDate first = date, last = date;
  if (date.month == 0) first.month = 1, last.month = 12;
  if (date.day == 0) {
    first.day = 1;
    last.day = static_cast<uint8_t>(base::DaysInMonth(last.year, last.month));
  }
  if (!base::IsValid(first) || !base::IsValid(last)) return std::nullopt;
  return Days{base::ToDays(first), base::ToDays(last)};
}

class Describer {
 public:
  Describer(const Frame& frame, const Statements& statements, std::string_view base_iri, const Codebook* codebook)
      : frame_(frame), statements_(statements), base_(base_iri), codebook_(codebook) {
    amounts_.resize(frame.events.size());
    for (const extract::Count& count : frame.counts) {
      if (!count.event || (!count.min && !count.max)) continue;
      amounts_[static_cast<size_t>(*count.event)].push_back({base::Slug(count.unit), std::string(ToWord(count.harm)),
                                                             count.min.value_or(0),
                                                             count.max.value_or(count.min.value_or(0))});
    }
  }

  std::optional<Happening> Describe(size_t index) const {
    const Event& event = frame_.events[index];
    if (event.factuality == Factuality::kIntended || event.factuality == Factuality::kDemanded) return std::nullopt;
    Happening out;
    if (!SetTime(event, out)) return std::nullopt;
    out.event = statements_.events[index].value();
    out.report = statements_.report.value();
    out.type = base::Slug(event.type);
    out.negated = event.factuality == Factuality::kNegated;
    const std::string anchor = SetSites(event, out);
    out.block = RootOf(event.type, out.parent) + " " + anchor;
    for (const auto id : event.agent) out.agents.push_back(PartyOf(id));
    for (const auto* role : {&event.target, &event.partner}) {
      for (const auto id : *role) {
        if (!IsPlace(EntityOf(id))) out.others.push_back(PartyOf(id));
      }
    }
    out.amounts = amounts_[index];
    return out;
  }

 private:
  const extract::Entity& EntityOf(extract::EntityId id) const { return frame_.entities[static_cast<size_t>(id)]; }
  const std::string& IriOf(extract::EntityId id) const { return statements_.entities[static_cast<size_t>(id)].value(); }
  const Entry* EntryOf(extract::EntityId id) const {
    return codebook_ == nullptr ? nullptr : codebook_->FindEntry(EntityOf(id).iri);
  }
  static bool IsPlace(const extract::Entity& entity) {
    return entity.kind == EntityKind::kPlace || entity.kind == EntityKind::kFacility;
  }

  std::string RootOf(const std::string& type, std::string& parent) const {
    const codebook::EventType* known = codebook_ == nullptr ? nullptr : codebook_->FindEventType(type);
    if (known == nullptr) return base::Slug(type);
    parent = known->parent;
    for (size_t step = 0; step < kMaxSteps && !known->parent.empty(); ++step) {
      const codebook::EventType* wider = codebook_->FindEventType(known->parent);
      if (wider == nullptr) break;
      known = wider;
    }
    return base::Slug(known->id);
  }

  bool SetTime(const Event& event, Happening& out) const {
    const base::PartialDate published = frame_.report.published;
    const auto report_day = published.complete() ? DaysOf(published, {}) : std::nullopt;
    const auto begin = event.time && event.time->begin ? DaysOf(*event.time->begin, published) : std::nullopt;
    const auto end = event.time && event.time->end ? DaysOf(*event.time->end, published) : std::nullopt;
    if (begin && !event.time->end) {
      out.time = TimeKind::kSince;
      out.begin = begin->first;
      out.end = report_day ? std::max(report_day->first, begin->first) : begin->last;
      return true;
    }
    if (begin || end) {
      out.begin = begin ? begin->first : end->first;
      out.end = std::max(out.begin, end ? end->last : begin->last);
      out.time = out.end - out.begin < kDayWidth ? TimeKind::kDay : TimeKind::kSpan;
      return true;
    }
    if (!report_day) return false;
    out.time = TimeKind::kPublished;
    out.begin = out.end = report_day->first;
    return true;
  }

  // Named places of the event. The first is the smallest that the codebook knows, for it tells what lies around it.
  // Returns the outermost of these that is no country: the governorate, or what stands for it.
  std::string SetSites(const Event& event, Happening& out) const {
    struct Site {
      int rank;  // lower is better
      std::string iri;
      const Entry* entry;
      auto operator<=>(const Site& other) const { return std::tie(rank, iri) <=> std::tie(other.rank, other.iri); }
      bool operator==(const Site& other) const { return rank == other.rank && iri == other.iri; }
    };
    std::set<Site> sites;
    const auto add = [&](const std::vector<extract::EntityId>& ids) {
      for (const auto id : ids) {
        const extract::Entity& entity = EntityOf(id);
        const Entry* entry = EntryOf(id);
        if (!IsPlace(entity) || (entry == nullptr && !entity.named)) continue;
        const int rank = entry == nullptr ? 1000 : 100 - static_cast<int>(entry->place_type);
        sites.insert({rank, IriOf(id), entry});
      }
    };
    add(event.place);
    add(event.target);
    if (sites.empty()) add(event.destination);
    if (sites.empty()) add(event.origin);
    if (sites.empty()) return std::string(kNowhere);
    for (const Site& site : sites) out.sites.push_back(site.iri);
    const Entry* entry = sites.begin()->entry;
    out.fine = entry == nullptr || !IsCoarse(entry->place_type);
    std::string anchor = out.sites.front();
    for (size_t step = 0; entry != nullptr && !entry->within.empty() && step < kMaxSteps; ++step) {
      entry = codebook_->FindEntry(entry->within);
      if (entry == nullptr) break;
      out.around.push_back(base_ + entry->id);
      if (entry->place_type != PlaceType::kCountry) anchor = out.around.back();
    }
    return anchor;
  }

  Party PartyOf(extract::EntityId id) const {
    const extract::Entity& entity = EntityOf(id);
    Party out{IriOf(id), entity.named, entity.kind == EntityKind::kPeople, {}};
    const Entry* entry = EntryOf(id);
    for (size_t step = 0; entry != nullptr && !entry->within.empty() && step < kMaxSteps; ++step) {
      entry = codebook_->FindEntry(entry->within);
      if (entry != nullptr) out.bodies.push_back(base_ + entry->id);
    }
    return out;
  }

  const Frame& frame_;
  const Statements& statements_;
  const std::string base_;
  const Codebook* codebook_;
  std::vector<std::vector<Amount>> amounts_;  // by event
};

// A record is lines, one for each field; the parts of a line are parted by blanks, which IRIs and slugs do not have.
std::string Joined(const std::vector<std::string>& parts) { return fmt::format("{}", fmt::join(parts, " ")); }

std::vector<std::string> Parted(std::string_view line) {
  std::vector<std::string> out;
  if (line.empty()) return out;
  for (const std::string_view part : base::Split(line, ' ')) out.emplace_back(part);
  return out;
}

std::string PartyWord(const Party& party) {
  std::string out = fmt::format("{}{} {}", party.named ? 'n' : '-', party.people ? 'p' : '-', party.iri);
  for (const std::string& body : party.bodies) out += " " + body;
  return out;
}

std::optional<Party> ReadParty(std::string_view line) {
  std::vector<std::string> parts = Parted(line);
  if (parts.size() < 2 || parts[0].size() != 2) return std::nullopt;
  return Party{parts[1], parts[0][0] == 'n', parts[0][1] == 'p', {parts.begin() + 2, parts.end()}};
}

template <typename Number>
bool ReadNumber(std::string_view text, Number& out) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && !text.empty();
}

}  // namespace

std::vector<Happening> HappeningsOf(const Frame& frame, const Statements& statements, std::string_view base_iri,
                                    const Codebook* codebook) {
  const Describer describer(frame, statements, base_iri, codebook);
  std::vector<Happening> out;
  for (size_t i = 0; i < frame.events.size(); ++i) {
    if (auto happening = describer.Describe(i)) out.push_back(std::move(*happening));
  }
  return out;
}

std::string Encode(const Happening& h) {
  std::string out = fmt::format("{} {}\n{} {}\n{}\n{}\n{}\n{} {} {} {} {}", h.event, h.report, h.type, h.parent,
                                h.block, Joined(h.sites), Joined(h.around), static_cast<int>(h.time), h.begin, h.end,
                                h.fine ? 1 : 0, h.negated ? 1 : 0);
  for (const Party& party : h.agents) out += "\na " + PartyWord(party);
  for (const Party& party : h.others) out += "\no " + PartyWord(party);
  for (const Amount& amount : h.amounts) {
    out += fmt::format("\nc {} {} {} {}", amount.unit, amount.harm, amount.least, amount.most);
  }
  return out;
}

std::optional<Happening> DecodeHappening(std::string_view bytes) {
  const std::vector<std::string_view> lines = base::Split(bytes, '\n');
  if (lines.size() < 6) return std::nullopt;
  Happening out;
  const auto ids = base::Split(lines[0], ' '), types = base::Split(lines[1], ' '), numbers = base::Split(lines[5], ' ');
  if (ids.size() != 2 || types.size() != 2 || numbers.size() != 5) return std::nullopt;
  out.event = ids[0];
  out.report = ids[1];
  out.type = types[0];
  out.parent = types[1];
  out.block = lines[2];
  out.sites = Parted(lines[3]);
  out.around = Parted(lines[4]);
  int kind = 0;
  if (!ReadNumber(numbers[0], kind) || kind < 0 || kind > static_cast<int>(TimeKind::kPublished) ||
      !ReadNumber(numbers[1], out.begin) || !ReadNumber(numbers[2], out.end)) {
    return std::nullopt;
  }
  out.time = static_cast<TimeKind>(kind);
  out.fine = numbers[3] == "1";
  out.negated = numbers[4] == "1";
  for (size_t i = 6; i < lines.size(); ++i) {
    if (lines[i].size() < 2) return std::nullopt;
    const std::string_view rest = lines[i].substr(2);
    if (lines[i][0] == 'c') {
      const auto parts = base::Split(rest, ' ');
      Amount amount;
      if (parts.size() != 4 || !ReadNumber(parts[2], amount.least) || !ReadNumber(parts[3], amount.most)) {
        return std::nullopt;
      }
      amount.unit = parts[0];
      amount.harm = parts[1];
      out.amounts.push_back(std::move(amount));
      continue;
    }
    auto party = ReadParty(rest);
    if (!party) return std::nullopt;
    (lines[i][0] == 'a' ? out.agents : out.others).push_back(std::move(*party));
  }
  return out;
}

}  // namespace sitgraph::resolve
