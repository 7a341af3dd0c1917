#include "tests/extract/reading.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <utility>

#include "base/date.h"
#include "src/extract/extractor.h"
#include "src/extract/frame_json.h"

namespace sitgraph::extract::test {
namespace {

const std::string& NameOf(const Frame& frame, EntityId id) { return frame.entities.at(static_cast<size_t>(id)).name; }

std::string Number(const Count& count) {
  const auto show = [](const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : std::string();
  };
  if (count.min == count.max) return show(count.min);
  if (!count.max) return show(count.min) + "+";
  return show(count.min) + "-" + show(count.max);
}

}  // namespace

const codebook::Codebook& ShippedCodebook() {
  static const codebook::Codebook codebook = [] {
    auto loaded = codebook::Codebook::Load(std::string(SITGRAPH_SOURCE_DIR) + "/codebook");
    if (!loaded) FAIL(base::ToString(loaded.error().front()));
    return std::move(*loaded);
  }();
  return codebook;
}

reports::Report MakeReport(std::string_view text) {
  reports::Report report;
  report.id = "test";
  report.published = {2018, 8, 2};
  report.text = text;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    reports::Zone zone;
    const bool headline = text.substr(begin).starts_with("# ");
    zone.kind = headline ? reports::ZoneKind::kTitle : reports::ZoneKind::kBody;
    zone.span = {static_cast<uint32_t>(begin + (headline ? 2 : 0)), static_cast<uint32_t>(end)};
    if (!zone.span.empty()) report.zones.push_back(zone);
    begin = end + 1;
  }
  return report;
}

Frame Read(std::string_view text) { return Extractor(ShippedCodebook()).Extract(MakeReport(text)); }

std::string Line(const Frame& frame, const Event& event) {
  std::string line = fmt::format("{} «{}»", event.type, event.trigger.text);
  const std::pair<const char*, const std::vector<EntityId>*> roles[] = {{"agent", &event.agent},
                                                                        {"target", &event.target},
                                                                        {"partner", &event.partner},
                                                                        {"instrument", &event.instrument},
                                                                        {"place", &event.place},
                                                                        {"origin", &event.origin},
                                                                        {"destination", &event.destination},
                                                                        {"source", &event.source}};
  for (const auto& [role, fillers] : roles) {
    if (fillers->empty()) continue;
    std::vector<std::string> names;
    for (const EntityId id : *fillers) names.push_back(NameOf(frame, id));
    line += fmt::format(" {}={}", role, fmt::join(names, ","));
  }
  if (event.time) {
    line += " @";
    if (event.time->begin) line += base::ToIso(*event.time->begin);
    if (event.time->begin != event.time->end) line += "..";
    if (event.time->end && event.time->begin != event.time->end) line += base::ToIso(*event.time->end);
  }
  if (event.factuality != Factuality::kActual) line += " " + std::string(ToWord(event.factuality));
  return line;
}

std::vector<std::string> Events(const Frame& frame, std::string_view type) {
  std::vector<std::string> lines;
  for (const Event& event : frame.events) {
    if (type.empty() || event.type == type) lines.push_back(Line(frame, event));
  }
  return lines;
}

std::vector<std::string> Counts(const Frame& frame) {
  std::vector<std::string> lines;
  for (const Count& count : frame.counts) {
    std::string line =
        Number(count) + " " + std::string(count.harm == Harm::kNone ? count.unit : ToWord(count.harm)) + " " + count.of;
    if (count.qualifier != Qualifier::kExact) line += " (" + std::string(ToWord(count.qualifier)) + ")";
    if (!count.outcome.empty()) line += " > " + count.outcome;
    if (count.part_of) line += " of " + frame.counts.at(static_cast<size_t>(*count.part_of)).of;
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> Relations(const Frame& frame) {
  std::vector<std::string> lines;
  for (const Relation& relation : frame.relations) {
    const EntityId* id = std::get_if<EntityId>(&relation.object);
    lines.push_back(fmt::format("{} {} {}", NameOf(frame, relation.subject), relation.predicate,
                                id != nullptr ? NameOf(frame, *id) : std::get<std::string>(relation.object)));
  }
  return lines;
}

}  // namespace sitgraph::extract::test
