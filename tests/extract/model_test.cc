// What the language model adds to the order of the words.
#include <catch2/catch.hpp>

#include "src/extract/extractor.h"
#include "tests/extract/reading.h"

namespace sitgraph::extract {
namespace {

std::optional<language::Model> ShippedModel() {
  static const std::optional<language::Model> model = []() -> std::optional<language::Model> {
    const auto path = language::FindModel();
    if (!path) return std::nullopt;
    auto loaded = language::Model::Load(*path);
    REQUIRE(loaded.has_value());
    return std::move(*loaded);
  }();
  return model;
}

std::vector<std::string> EventsWithModel(std::string_view text) {
  return test::Events(Extractor(test::ShippedCodebook(), ShippedModel()).Extract(test::MakeReport(text)));
}

}  // namespace

TEST_CASE("the model tells verbs from attributes") {
  if (!ShippedModel()) {
    WARN("skipped: no language model");
    return;
  }
  CHECK(EventsWithModel("The last armed groups have left Homs under an accord.").front() ==
        "withdrawal «left» agent=last armed groups origin=Homs");
}

TEST_CASE("text without capitals names its actors and places") {
  if (!ShippedModel()) {
    WARN("skipped: no language model");
    return;
  }
  CHECK(
      EventsWithModel("government troops seized homs from islamic state on wednesday.") ==
      std::vector<std::string>{"capture «seized» agent=government troops target=Islamic State place=Homs @2018-08-01"});
}

TEST_CASE("a common noun at a sentence's start is no name") {
  if (!ShippedModel()) {
    WARN("skipped: no language model");
    return;
  }
  const Extractor extractor(test::ShippedCodebook(), ShippedModel());
  for (const std::string_view text : {"Photographs of the shelled market were shown on Monday.",
                                      "Questions about the raid were not answered by the army."}) {
    INFO(text);
    for (const Entity& entity : extractor.Extract(test::MakeReport(text)).entities) {
      CHECK((!entity.named || (entity.name != "Photographs" && entity.name != "Questions")));
    }
  }
  CHECK(EventsWithModel("Kobani was shelled on Monday.").front().find("=Kobani") != std::string::npos);
}

TEST_CASE("another model changes the fingerprint") {
  if (!ShippedModel()) return;
  CHECK(Extractor(test::ShippedCodebook(), ShippedModel()).Fingerprint() !=
        Extractor(test::ShippedCodebook()).Fingerprint());
}

}  // namespace sitgraph::extract
