// The score on the annotated development reports must not fall (docs/extraction.md tells the figures).
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "src/extract/extractor.h"
#include "src/extract/frame_json.h"
#include "src/reports/reader.h"
#include "tests/extract/reading.h"
#include "tests/temporary_folder.h"

namespace sitgraph::extract {
namespace {

// What `command` writes to standard output; empty where it cannot run.
std::string OutputOf(const std::string& command) {
  std::string out;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char buffer[4096];
  for (size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  return ::pclose(pipe) == 0 ? out : std::string();
}

// "f1" of a section of score.py's JSON.
double F1(const std::string& json, const std::string& section) {
  const size_t at = json.find("\"" + section + "\"");
  REQUIRE(at != std::string::npos);
  const size_t f1 = json.find("\"f1\":", at);
  REQUIRE(f1 != std::string::npos);
  return std::stod(json.substr(f1 + 5));
}

void CheckScore(std::optional<language::Model> model, double least) {
  const std::filesystem::path shared(SITGRAPH_SHARED_DIR);
  const std::filesystem::path gold = shared / "gold" / "dev";
  if (!std::filesystem::exists(gold) || OutputOf("python3 --version 2>/dev/null").empty()) {
    WARN("skipped: needs " << gold << " and python3");
    return;
  }
  const sitgraph::test::TemporaryFolder folder;
  const std::string frames = folder.File("frames.jsonl");
  {
    std::ofstream out(frames, std::ios::binary);
    const Extractor extractor(test::ShippedCodebook(), std::move(model));
    reports::ReportSource source({(shared / "reports").string()});
    while (auto item = source.Next()) {
      if (const auto* report = std::get_if<reports::Report>(&*item)) out << ToJson(extractor.Extract(*report)) << '\n';
    }
  }
  const std::string json = OutputOf("python3 '" + (shared / "gold" / "score.py").string() + "' '" + gold.string() +
                                    "' '" + frames + "' --json");
  INFO(json);
  CHECK(F1(json, "triples") >= least);
}

}  // namespace

TEST_CASE("the annotated reports score no worse than recorded") { CheckScore(std::nullopt, 0.77); }

TEST_CASE("the annotated reports score no worse than recorded with the language model") {
  const auto path = language::FindModel();
  if (!path) {
    WARN("skipped: no language model");
    return;
  }
  auto model = language::Model::Load(*path);
  REQUIRE(model.has_value());
  CheckScore(std::move(*model), 0.78);
}

}  // namespace sitgraph::extract
