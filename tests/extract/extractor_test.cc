// The whole way from a report to its frame: retellings, zones, offsets, determinism, hostile text, the fingerprint.
#include "src/extract/extractor.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "base/text.h"
#include "src/extract/frame_json.h"
#include "tests/extract/reading.h"
#include "tests/temporary_folder.h"

namespace sitgraph::extract {
namespace {

constexpr const char* kReport =
    "# Airstrike kills 12 in Idlib market, monitor says\n"
    "At least 12 civilians, including four children, were killed on Tuesday in a Russian airstrike on a market in "
    "the town of Maarat Misrin, the Syrian Observatory for Human Rights said.\n"
    "“The attack was carried out by Russian aircraft,” Rami Abdel Rahman, the director of the Observatory, told "
    "reporters. “It destroyed ten shops.”\n"
    "In 2015, rebels seized Maarat Misrin from government troops.\n";

size_t CountOf(const Frame& frame, std::string_view type) { return test::Events(frame, type).size(); }

std::string SliceCodePoints(std::string_view text, base::CodePointSpan span) {
  size_t offset = 0;
  size_t begin = 0;
  for (uint32_t i = 0; i < span.end; ++i) {
    if (i == span.begin) begin = offset;
    base::NextCodePoint(text, offset);
  }
  return base::CollapseSpace(text.substr(begin, offset - begin));
}

}  // namespace

TEST_CASE("headline, lead and body tell one event") {
  const Frame frame = test::Read(kReport);
  for (const std::string& line : test::Events(frame)) UNSCOPED_INFO(line);
  CHECK(CountOf(frame, "airstrike") == 1);
  CHECK(CountOf(frame, "attack") == 0);
  CHECK(CountOf(frame, "casualties") == 1);
  CHECK(CountOf(frame, "capture") == 1);
  for (const Event& event : frame.events) {
    if (event.type == "airstrike") CHECK_FALSE(event.retellings.empty());
  }
}

TEST_CASE("different events of one type stay apart") {
  const Frame frame = test::Read(
      "Government troops seized Homs in 2014.\nRebels seized Palmyra in 2015.\nGovernment troops seized Palmyra in "
      "2016.\n");
  CHECK(CountOf(frame, "capture") == 3);
}

TEST_CASE("only titles, bodies and captions are read, captions with less confidence") {
  reports::Report report = test::MakeReport("Rebels seized Homs.");
  const Extractor extractor(test::ShippedCodebook());
  const double body = extractor.Extract(report).events.at(0).confidence;
  report.zones[0].kind = reports::ZoneKind::kCaption;
  CHECK(extractor.Extract(report).events.at(0).confidence < body);
  for (const reports::ZoneKind kind :
       {reports::ZoneKind::kBoilerplate, reports::ZoneKind::kByline, reports::ZoneKind::kDateline}) {
    report.zones[0].kind = kind;
    const Frame frame = extractor.Extract(report);
    CHECK(frame.events.empty());
    CHECK(frame.entities.empty());
  }
}

TEST_CASE("every offset leads back to its words") {
  const Frame frame = test::Read(kReport);
  const auto check = [](const Mention& mention) {
    if (mention.text.empty()) return;
    CHECK(SliceCodePoints(kReport, mention.span) == mention.text);
  };
  for (const Entity& entity : frame.entities) {
    for (const Mention& mention : entity.mentions) check(mention);
  }
  for (const Event& event : frame.events) {
    check(event.trigger);
    check(event.sentence);
    for (const Mention& mention : event.retellings) check(mention);
  }
  for (const Count& count : frame.counts) {
    check(count.mention);
    check(count.sentence);
  }
  for (const Relation& relation : frame.relations) check(relation.mention);
}

TEST_CASE("frames are the same in every thread and read back as they are") {
  const Extractor extractor(test::ShippedCodebook());
  const reports::Report report = test::MakeReport(kReport);
  const std::string expected = ToJson(extractor.Extract(report));
  const auto again = FrameFromJson(expected);
  REQUIRE(again.has_value());
  CHECK(ToJson(*again) == expected);
  std::vector<std::string> results(8);
  std::vector<std::thread> threads;
  for (std::string& result : results) threads.emplace_back([&] { result = ToJson(extractor.Extract(report)); });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) CHECK(result == expected);
}

TEST_CASE("hostile text gives a frame without delay") {
  const auto repeat = [](std::string_view piece, size_t times) {
    std::string text;
    for (size_t i = 0; i < times; ++i) text += piece;
    return text;
  };
  const std::string cases[] = {
      "",
      ".",
      "\" \" ( [ ) ' “",
      repeat("kill ", 20000),
      repeat("of the ", 20000),
      repeat("Homs and ", 20000),
      repeat("( ", 20000),
      repeat("to attack ", 20000),
      repeat("12 killed, ", 20000),
      repeat("– ", 20000),
      repeat("Rebels attacked Homs. ", 4000),
      repeat("\"He said the attack killed 12 in ", 5000),
      std::string("\x01\x02\x7f"),
      "Aleppo's 's 's’ ’ of of by by was was to to",
  };
  for (const std::string& text : cases) {
    INFO(text.substr(0, 40));
    const Frame frame = test::Read(text);
    CHECK(FrameFromJson(ToJson(frame)).has_value());
  }
}

TEST_CASE("an edit of the codebook changes the fingerprint") {
  namespace fs = std::filesystem;
  const sitgraph::test::TemporaryFolder folder;
  const fs::path copy = fs::path(folder.path()) / "codebook";
  fs::copy(fs::path(SITGRAPH_SOURCE_DIR) / "codebook", copy, fs::copy_options::recursive);
  const auto same = codebook::Codebook::Load(copy.string());
  REQUIRE(same.has_value());
  CHECK(Extractor(*same).Fingerprint() == Extractor(test::ShippedCodebook()).Fingerprint());
  folder.Write("codebook/cues.csv", "cue,words,note\nsaying,say,\n");
  const auto edited = codebook::Codebook::Load(copy.string());
  REQUIRE(edited.has_value());
  CHECK(Extractor(*edited).Fingerprint() != Extractor(test::ShippedCodebook()).Fingerprint());
}

}  // namespace sitgraph::extract
