// triggers.csv and cues.csv: what they give, and what is said of wrong lines.
#include "src/codebook/triggers.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "src/codebook/codebook.h"
#include "tests/temporary_folder.h"

namespace sitgraph::codebook {
namespace {

constexpr const char* kTriggerHeader = "type,part,words,frame,limits,harm,note\n";
constexpr const char* kCueHeader = "cue,words,note\n";
const std::vector<std::string> kTypes = {"capture", "casualties", "airstrike"};

tl::expected<TriggerTable, std::vector<base::Error>> LoadRows(const std::string& triggers,
                                                              const std::string& cues = "") {
  const test::TemporaryFolder folder;
  folder.Write("triggers.csv", kTriggerHeader + triggers);
  folder.Write("cues.csv", kCueHeader + cues);
  return TriggerTable::Load(folder.path(), kTypes);
}

// "file:line:column: message [hint]" of each error.
std::string Errors(const std::string& triggers, const std::string& cues = "") {
  const auto table = LoadRows(triggers, cues);
  std::string out;
  if (table) return out;
  for (const base::Error& error : table.error()) {
    if (!out.empty()) out += '\n';
    out += std::filesystem::path(error.place.file).filename().string() + ":" + std::to_string(error.place.line) + ":" +
           std::to_string(error.place.column) + ": " + error.message;
    if (!error.hint.empty()) out += " [" + error.hint + "]";
  }
  return out;
}

}  // namespace

TEST_CASE("a row gives one trigger for each of its phrases, with the defaults of its part of speech") {
  const auto table = LoadRows(
      "*,verb,,subject=agent; in[place]=place,,,\n"
      "capture,verb,seize; take  over,\"object[place,facility]=place; in=-\",object[place]; !before:on|off,,\n"
      "airstrike,noun,air strike; strike,,,,\n");
  REQUIRE(table.has_value());
  REQUIRE(table->triggers().size() == 4);
  const auto seize = table->Find(TriggerPart::kVerb, "seize");
  REQUIRE(seize.size() == 1);
  const Trigger& trigger = table->triggers()[seize[0]];
  CHECK(trigger.type == "capture");
  REQUIRE(trigger.frame.size() == 4);
  CHECK(trigger.frame[0].slot == "object");
  CHECK(trigger.frame[0].role == Role::kPlace);
  CHECK(trigger.frame[0].kinds.Accepts(EntityKind::kFacility));
  CHECK_FALSE(trigger.frame[0].kinds.Accepts(EntityKind::kForce));
  CHECK(trigger.frame[1].role == Role::kNone);
  CHECK(trigger.frame[2].slot == "subject");
  REQUIRE(trigger.limits.size() == 2);
  CHECK(trigger.limits[1].kind == LimitKind::kNotBefore);
  CHECK(trigger.limits[1].words == std::vector<std::string>{"on", "off"});
  CHECK(table->triggers()[table->Find(TriggerPart::kVerb, "take")[0]].words ==
        std::vector<std::string>{"take", "over"});
  const auto strike = table->Find(TriggerPart::kNoun, "strike");
  REQUIRE(strike.size() == 2);
  CHECK(table->triggers()[strike[0]].words.size() == 2);  // the longer first
  CHECK(table->Find(TriggerPart::kNoun, "seize").empty());
}

TEST_CASE("a word may be several cues") {
  const auto table = LoadRows("", "saying,claim; point out,\npossible,claim,\n");
  REQUIRE(table.has_value());
  CHECK(table->Cues("claim").Has(Cue::kSaying));
  CHECK(table->Cues("claim").Has(Cue::kPossible));
  CHECK_FALSE(table->Cues("claim").Has(Cue::kNegation));
  CHECK(table->Cues("point out").Has(Cue::kSaying));
  CHECK(table->Cues("point").empty());
}

TEST_CASE("wrong lines of triggers.csv and cues.csv are told with place and suggestion") {
  struct Case {
    const char* triggers;
    const char* cues;
    const char* errors;
  };
  const Case cases[] = {
      {"captur,verb,seize,,,,\n", "", "triggers.csv:2:1: unknown event type 'captur' [did you mean 'capture'?]"},
      {"capture,verbs,seize,,,,\n", "", "triggers.csv:2:9: unknown part of speech 'verbs' [did you mean 'verb'?]"},
      {"capture,verb,seize,subjct=agent,,,\n", "",
       "triggers.csv:2:20: unknown slot 'subjct' [did you mean 'subject'?]"},
      {"capture,verb,seize,subject=agent; object=plase,,,\n", "",
       "triggers.csv:2:42: unknown role 'plase' [did you mean 'place'?]"},
      {"capture,verb,seize,\"object[place,forse]=place\",,,\n", "",
       "triggers.csv:2:34: unknown kind of entity 'forse' [did you mean 'force'?]"},
      {"capture,verb,seize,object[place=place,,,\n", "", "triggers.csv:2:20: 'object[place' lacks its closing bracket"},
      {"capture,verb,seize,subject,,,\n", "",
       "triggers.csv:2:20: 'subject' is no slot=role [write for instance 'subject=agent']"},
      {"capture,verb,seize,,objekt:up,,\n", "", "triggers.csv:2:21: unknown slot 'objekt' [did you mean 'object'?]"},
      {"casualties,verb,kill,,,kiled,\n", "", "triggers.csv:2:24: unknown harm 'kiled' [did you mean 'killed'?]"},
      {"capture,verb, ; ,,,,\n", "", "triggers.csv:2:14: this trigger has no words"},
      {"capture,verb,seize,,,\n", "",
       "triggers.csv:2:1: this row has 6 fields; 7 have been expected (type, part, words, frame, limits, harm, note) "
       "[put fields that hold commas in double quotes]"},
      {"", "sayng,say,\n", "cues.csv:2:1: unknown cue 'sayng' [did you mean 'saying'?]"},
      {"captur,verb,seize,,,,\n# a comment\ncapture,verb,seize,subject=agnt,,,\n", "saing,say,\n",
       "triggers.csv:2:1: unknown event type 'captur' [did you mean 'capture'?]\n"
       "triggers.csv:4:28: unknown role 'agnt' [did you mean 'agent'?]\n"
       "cues.csv:2:1: unknown cue 'saing' [did you mean 'saying'?]"},
  };
  for (const Case& c : cases) {
    INFO(c.triggers << c.cues);
    CHECK(Errors(c.triggers, c.cues) == c.errors);
  }
}

TEST_CASE("missing files are told") {
  const test::TemporaryFolder folder;
  const auto table = TriggerTable::Load(folder.path(), kTypes);
  REQUIRE_FALSE(table.has_value());
  CHECK(table.error().size() == 2);
  CHECK(table.error()[0].code == base::ErrorCode::kNotFound);
}

TEST_CASE("the shipped triggers cover every event type with over 300 phrases") {
  const auto codebook = Codebook::Load(std::string(SITGRAPH_SOURCE_DIR) + "/codebook");
  if (!codebook) {
    for (const base::Error& error : codebook.error()) UNSCOPED_INFO(base::ToString(error));
  }
  REQUIRE(codebook.has_value());
  std::set<std::string> covered;
  for (const Trigger& trigger : codebook->triggers().triggers()) covered.insert(trigger.type);
  for (const EventType& type : codebook->event_types()) {
    INFO(type.id);
    CHECK(covered.count(type.id) == 1);
  }
  CHECK(codebook->triggers().triggers().size() >= 300);
}

}  // namespace sitgraph::codebook
