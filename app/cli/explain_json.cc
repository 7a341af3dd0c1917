// ExplainAsJson: an explanation for other programs.
#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "app/cli/explain_parts.h"
#include "app/cli/explain_render.h"
#include "src/extract/frame_json.h"

namespace sitgraph::cli {
namespace {

using extract::ExplainedSentence;
using extract::Explanation;

class JsonWriter {
 public:
  explicit JsonWriter(const Explanation& explanation) : explanation_(explanation), json_(buffer_) {}

  std::string Write(size_t only) {
    json_.StartObject();
    Text("report", explanation_.frame.report.id);
    json_.Key("sentences");
    json_.StartArray();
    ForSentences(explanation_, only, [&](const ExplainedSentence& sentence, size_t s) { WriteSentence(sentence, s); });
    json_.EndArray();
    json_.EndObject();
    return std::string(buffer_.GetString(), buffer_.GetSize()) + "\n";
  }

 private:
  void String(std::string_view text) { json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size())); }
  void Text(const char* key, std::string_view text) {
    json_.Key(key);
    String(text);
  }
  void Number(const char* key, double number) {
    json_.Key(key);
    json_.Double(number);
  }
  void Index(const char* key, size_t number) {
    json_.Key(key);
    json_.Uint64(number);
  }

  void WriteSentence(const ExplainedSentence& sentence, size_t s) {
    json_.StartObject();
    Index("number", s + 1);
    Text("zone", sentence.zone);
    Text("text", sentence.sentence.text);
    Index("begin", sentence.sentence.span.begin);
    json_.Key("words");
    json_.StartArray();
    for (const extract::ExplainedWord& word : sentence.words) {
      json_.StartObject();
      Text("text", word.text);
      if (!word.upos.empty()) {
        Text("tag", word.upos);
        Text("relation", word.relation);
        json_.Key("head");
        json_.Int(word.head + 1);  // from 1; 0 is the root, as in CoNLL-U
      }
      json_.EndObject();
    }
    json_.EndArray();
    json_.Key("mentions");
    json_.StartArray();
    for (const Marked& mark : Marks(explanation_, s)) {
      json_.StartObject();
      Text("kind", mark.kind);
      Index("first", mark.begin + 1);
      Index("last", mark.end);
      json_.EndObject();
    }
    json_.EndArray();
    json_.Key("events");
    json_.StartArray();
    for (const size_t v : EventsOf(explanation_, s)) WriteEvent(v);
    json_.EndArray();
    json_.Key("counts");
    json_.StartArray();
    for (const extract::Count* count : CountsOf(explanation_, s)) String(CountText(*count));
    json_.EndArray();
    json_.Key("relations");
    json_.StartArray();
    for (const extract::Relation* relation : RelationsOf(explanation_, s))
      String(RelationText(explanation_, *relation));
    json_.EndArray();
    json_.EndObject();
  }

  void WriteEvent(size_t v) {
    const extract::Event& event = explanation_.frame.events[v];
    const extract::ExplainedEvent& explained = explanation_.events[v];
    json_.StartObject();
    Text("id", fmt::format("v{}", v + 1));
    Text("type", event.type);
    Text("trigger", event.trigger.text);
    Number("confidence", event.confidence);
    Text("row", fmt::format("triggers.csv:{}", explained.line));
    Text("words", explained.words);
    Text("rule", extract::ToWord(explained.rule));
    json_.Key("roles");
    json_.StartArray();
    for (const RoleName& role : kExplainedRoles) {
      for (const extract::EntityId id : event.*role.fillers) {
        json_.StartObject();
        Text("role", role.name);
        Text("filler", NameOf(explanation_, id));
        Text("slot", Why(explained, role.role, id));
        json_.EndObject();
      }
    }
    json_.EndArray();
    json_.Key("sources");
    json_.StartArray();
    for (const extract::EntityId id : event.source) String(NameOf(explanation_, id));
    json_.EndArray();
    if (event.time) Text("time", TimeText(*event.time));
    Text("factuality", extract::ToWord(event.factuality));
    json_.Key("factualityWords");
    json_.StartArray();
    for (const std::string& word : explained.factuality_words) String(word);
    json_.EndArray();
    json_.EndObject();
  }

  const Explanation& explanation_;
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> json_;
};

}  // namespace

std::string ExplainAsJson(const Explanation& explanation, size_t sentence) {
  return JsonWriter(explanation).Write(sentence);
}

}  // namespace sitgraph::cli
