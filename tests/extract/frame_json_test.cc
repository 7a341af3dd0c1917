// Frames as JSON: what is written reads back the same, and wrong lines are refused with the place of the mistake.
#include "src/extract/frame_json.h"

#include <catch2/catch.hpp>

namespace sitgraph::extract {
namespace {

Frame SampleFrame() {
  Frame frame;
  frame.report = {"r1", "Title “quoted”", "TASS", "A. Writer", "MOSCOW", "https://example.org/1", "ab12", {2018, 8, 2}};
  Entity town{EntityKind::kPlace, "Deir ez-Zor", true, "place/deir-ez-zor", {"Deir Ezzor"}, {}, 35.3333, 40.14};
  town.mentions.push_back({{4, 15}, "Deir ez-Zor"});
  Entity fighters;
  fighters.kind = EntityKind::kForce;
  fighters.name = "fighters";
  Entity speaker;
  speaker.kind = EntityKind::kPerson;
  speaker.name = "Sergey Rudskoy";
  speaker.named = true;
  frame.entities = {town, fighters, speaker};
  Event event;
  event.type = "capture";
  event.trigger = {{20, 26}, "seized"};
  event.sentence = {{0, 40}, "Fighters seized …"};
  event.retellings.push_back({{60, 67}, "capture"});
  event.factuality = Factuality::kIntended;
  event.agent = {EntityId{1}};
  event.place = {EntityId{0}};
  event.source = {EntityId{2}};
  event.time = TimeValue{base::PartialDate{0, 5, 7}, std::nullopt, "since May 7"};
  event.confidence = 0.75;
  frame.events = {event};
  Count total;
  total.event = EventId{0};
  total.min = 160;
  total.qualifier = Qualifier::kMoreThan;
  total.unit = "person";
  total.of = "fighters";
  total.entity = EntityId{1};
  total.outcome = "casualties";
  total.harm = Harm::kKilled;
  total.mention = {{0, 8}, "more than 160"};
  Count part = total;
  part.min = part.max = 2.5;
  part.qualifier = Qualifier::kAbout;
  part.part_of = CountId{0};
  frame.counts = {part, total};
  frame.relations = {{EntityId{2}, "has-role", std::string("chief of operations"), {}, {}},
                     {EntityId{1}, "located-in", EntityId{0}, {{1, 2}, "x"}, {}}};
  return frame;
}

}  // namespace

TEST_CASE("a frame written as JSON reads back the same") {
  Frame frame = SampleFrame();
  frame.counts[0].part_of = CountId{1};  // a total may come after its part
  const std::string json = ToJson(frame);
  INFO(json);
  CHECK(json.find('\n') == std::string::npos);
  const auto again = FrameFromJson(json);
  REQUIRE(again.has_value());
  CHECK(ToJson(*again) == json);
  CHECK(again->report.published == base::PartialDate{2018, 8, 2});
  CHECK(again->entities.size() == 3);
  CHECK(again->events.at(0).factuality == Factuality::kIntended);
  CHECK(again->events.at(0).time->begin == base::PartialDate{0, 5, 7});
  CHECK_FALSE(again->events.at(0).time->end.has_value());
  CHECK(again->counts.at(0).part_of == CountId{1});
  CHECK(again->counts.at(0).min == 2.5);
  CHECK_FALSE(again->counts.at(1).max.has_value());
  CHECK(std::get<std::string>(again->relations.at(0).object) == "chief of operations");
  CHECK(std::get<EntityId>(again->relations.at(1).object) == EntityId{0});
}

TEST_CASE("keys have a fixed order and empty values are left out") {
  Frame frame;
  frame.report.id = "x";
  CHECK(ToJson(frame) == R"({"report":{"id":"x"}})");
  frame.counts.push_back({});
  frame.counts[0].min = 1e21;
  frame.counts[0].unit = "t";
  CHECK(ToJson(frame) ==
        R"({"report":{"id":"x"},"counts":[{"id":"c1","min":1e+21,"max":null,"qualifier":"exact","unit":"t"}]})");
}

TEST_CASE("frames of other programs may use ids and keys of their own") {
  const auto frame = FrameFromJson(
      R"({"report":{"id":"a","language":"en"},"entities":[{"id":"urn:x","kind":"force","name":"militia","named":false}],)"
      R"("events":[{"id":7.5,"type":"battle"}]})");
  REQUIRE_FALSE(frame.has_value());
  CHECK(frame.error().message == "events[0].id: must be a string");
  const auto good = FrameFromJson(
      R"({"report":{"id":"a","language":"en","title":null},"entities":[{"id":"urn:x","kind":"force","name":"militia"}],)"
      R"("events":[{"id":"first","type":"my-own-type","agent":["urn:x"],"time":null}]})");
  REQUIRE(good.has_value());
  CHECK(good->events.at(0).agent == std::vector{EntityId{0}});
  CHECK(good->events.at(0).factuality == Factuality::kActual);
}

TEST_CASE("wrong frames are refused with the JSON path") {
  const std::pair<const char*, const char*> cases[] = {
      {"[]", "a frame must be a JSON object"},
      {"{}", "'report' is missing"},
      {R"({"report":{}})", "report: 'id' is missing"},
      {R"({"report":{"id":""}})", "report.id: must not be empty"},
      {R"({"report":{"id":"a","published":"2018-02-30"}})", "report.published: '2018-02-30' is no ISO 8601 date"},
      {R"({"report":{"id":"a"},"entities":{}})", "entities: must be an array"},
      {R"({"report":{"id":"a"},"entities":[3]})", "entities[0]: must be an object"},
      {R"({"report":{"id":"a"},"entities":[{"id":"n1","kind":"thing","name":"x"}]})",
       "entities[0].kind: 'thing' is no kind of entity"},
      {R"({"report":{"id":"a"},"entities":[{"id":"n1","kind":"place","name":"x"},{"id":"n1","kind":"place","name":"y"}]})",
       "entities[1].id: 'n1' is used twice"},
      {R"({"report":{"id":"a"},"entities":[{"id":"n1","kind":"place","name":"x","lat":91}]})",
       "entities[0].lat: must lie between -90 and 90"},
      {R"({"report":{"id":"a"},"entities":[{"id":"n1","kind":"place","name":"x","mentions":[{"begin":-1}]}]})",
       "entities[0].mentions[0].begin: must be an offset in code points"},
      {R"({"report":{"id":"a"},"events":[{"id":"v1","type":"battle","agent":["n9"]}]})",
       "events[0].agent[0]: there is no entity 'n9'"},
      {R"({"report":{"id":"a"},"events":[{"id":"v1","type":"battle","factuality":"maybe"}]})",
       "events[0].factuality: 'maybe' is none of actual, negated, intended, possible, demanded"},
      {R"({"report":{"id":"a"},"events":[{"id":"v1","type":"battle","confidence":1.5}]})",
       "events[0].confidence: must lie between 0 and 1"},
      {R"({"report":{"id":"a"},"counts":[{"id":"c1","min":"many"}]})", "counts[0].min: must be a number"},
      {R"({"report":{"id":"a"},"counts":[{"id":"c1","min":3,"max":2}]})", "counts[0]: 'min' is larger than 'max'"},
      {R"({"report":{"id":"a"},"counts":[{"id":"c1","partOf":"c2"}]})", "counts[0].partOf: there is no count 'c2'"},
      {R"({"report":{"id":"a"},"relations":[{"subject":"n1","predicate":"alias"}]})",
       "relations[0]: 'subject' or 'object' is missing"},
      {R"({"report":{"id":"a"},"entities":[{"id":"n1","kind":"place","name":"x"}],"relations":[{"subject":"n1","predicate":"likes","object":"n1"}]})",
       "relations[0].predicate: 'likes' is none of has-role, member-of, located-in, alias, allied-with, opposes, "
       "part-of"},
  };
  for (const auto& [line, message] : cases) {
    INFO(line);
    const auto frame = FrameFromJson(line);
    REQUIRE_FALSE(frame.has_value());
    CHECK(frame.error().code == base::ErrorCode::kBadInput);
    CHECK(frame.error().message == message);
  }
}

TEST_CASE("malformed JSON is refused with the column in code points") {
  const auto frame = FrameFromJson(R"({"réport": tru})");
  REQUIRE_FALSE(frame.has_value());
  CHECK(frame.error().message == "malformed JSON: Invalid value");
  CHECK(frame.error().place.column == 15);
  CHECK_FALSE(FrameFromJson("").has_value());
  CHECK_FALSE(FrameFromJson("{\"report\":{\"id\":\"\xff\"}}").has_value());
  CHECK_FALSE(FrameFromJson(std::string(200000, '[')).has_value());
}

}  // namespace sitgraph::extract
