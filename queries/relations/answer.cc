#include "queries/relations/answer.h"

#include <fmt/format.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <cmath>

#include "queries/fact_reader.h"
#include "queries/results.h"
#include "queries/table_writer.h"

namespace sitgraph::queries {
namespace {

using graph::Term;

std::string Safe(const std::string& text) { return ToReadable(Term::String(text), {}); }

std::string SentenceOf(const EntityEvent& event) {
  for (const Evidence& evidence : event.evidence) {
    if (!evidence.sentence.empty()) return evidence.sentence;
  }
  return event.evidence.empty() ? "" : event.evidence.front().words;
}

class JsonWriter {
 public:
  JsonWriter(FactReader& facts, const AnswerStyle& style) : facts_(facts), style_(style), json_(buffer_) {
    json_.SetIndent(' ', 2);
  }

  std::string Write(const Answer& answer) {
    json_.StartObject();
    Texts("columns", answer.columns);
    Key("rows");
    json_.StartArray();
    for (const AnswerRow& row : answer.rows) WriteRow(answer, row);
    json_.EndArray();
    if (!answer.notes.empty()) Texts("notes", answer.notes);
    json_.EndObject();
    return std::string(buffer_.GetString(), buffer_.GetSize()) + "\n";
  }

 private:
  void Key(const std::string& key) { json_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size())); }
  void Text(const std::string& text) { json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size())); }
  void Field(const std::string& key, const std::string& text) {
    if (text.empty()) return;
    Key(key);
    Text(text);
  }
  void Texts(const std::string& key, const std::vector<std::string>& texts) {
    Key(key);
    json_.StartArray();
    for (const std::string& text : texts) Text(text);
    json_.EndArray();
  }

  void WriteRow(const Answer& answer, const AnswerRow& row) {
    json_.StartObject();
    for (size_t i = 0; i < row.cells.size(); ++i) {
      const AnswerCell& cell = row.cells[i];
      if (cell.text.empty()) continue;
      Key(answer.columns[i]);
      if (cell.number) {
        json_.RawValue(cell.text.data(), cell.text.size(), rapidjson::kNumberType);
      } else if (cell.iri.empty()) {
        Text(cell.text);
      } else {
        json_.StartObject();
        Field("name", cell.text);
        Field("iri", cell.iri);
        json_.EndObject();
      }
    }
    if (!row.events.empty()) {
      Key("evidence");
      json_.StartArray();
      for (size_t i = 0; i < std::min(row.events.size(), style_.max_evidence); ++i) WriteEvent(row.events[i]);
      json_.EndArray();
    }
    json_.EndObject();
  }

  void WriteEvent(const std::string& iri) {
    const EntityEvent event = facts_.ReadEvent(Term::Iri(iri));
    json_.StartObject();
    Field("event", event.iri);
    Field("type", event.type);
    Field("time", TimeOf(event));
    Field("factuality", event.factuality);
    Field("sentence", SentenceOf(event));
    Field("report", event.report.iri);
    Field("publisher", event.report.publisher);
    Field("date", event.report.date);
    json_.EndObject();
  }

  FactReader& facts_;
  const AnswerStyle& style_;
  rapidjson::StringBuffer buffer_;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> json_;
};

}  // namespace

AnswerCell TextCell(std::string text) { return {std::move(text), "", false}; }

AnswerCell NumberCell(double number) {
  const bool whole = std::abs(number) < 1e15 && number == std::floor(number);
  return {whole ? fmt::format("{:.0f}", number) : fmt::format("{:.4f}", number), "", true};
}

AnswerCell NameCell(const EntityName& entity) { return {entity.name, entity.iri, false}; }

std::string TimeOf(const EntityEvent& event) {
  if (event.begin.empty()) return event.end.empty() ? event.time_text : "until " + event.end;
  if (event.end.empty()) return "since " + event.begin;
  return event.begin == event.end ? event.begin : event.begin + " to " + event.end;
}

std::string PartiesOf(const EntityEvent& event) {
  std::string agents, others, places;
  for (const EntityEvent::Party& party : event.parties) {
    std::string& list = party.role == "agent"                                                            ? agents
                        : party.role == "target" || party.role == "partner"                              ? others
                        : party.role == "place" || party.role == "origin" || party.role == "destination" ? places
                                                                                                         : agents;
    if (party.role == "instrument") continue;
    if (list.find(party.entity.name) == std::string::npos) list += (list.empty() ? "" : ", ") + party.entity.name;
  }
  std::string out = agents;
  if (!others.empty()) out += (out.empty() ? "" : " ") + ("→ " + others);
  if (!places.empty() && others.find(places) == std::string::npos) out += (out.empty() ? "" : " ") + ("at " + places);
  return out;
}

std::string Describe(const ReportedCount& count) {
  std::string number = count.least == count.most ? count.least
                       : count.most.empty()      ? "at least " + count.least
                       : count.least.empty()     ? "at most " + count.most
                                                 : count.least + " to " + count.most;
  if (count.qualifier == "about") number = "about " + number;
  const std::string what = !count.of.empty()         ? count.of
                           : !count.entities.empty() ? count.entities.front().name
                                                     : count.unit;
  return JoinFilled({number, what, count.harm}, " ");
}

std::string Describe(const SourceReport& report) {
  const std::string id = "[" + (report.id.empty() ? report.iri : report.id) + "]";
  return JoinFilled({JoinFilled({report.publisher, report.date}, ", "), id}, " ");
}

base::Result<std::string> ToText(const Answer& answer, const graph::Snapshot& snapshot, const AnswerStyle& style) {
  FactReader facts(snapshot);
  std::string out;
  if (!answer.rows.empty()) {
    std::vector<std::vector<std::string>> lines = {answer.columns};
    for (const AnswerRow& row : answer.rows) {
      lines.emplace_back();
      for (const AnswerCell& cell : row.cells) lines.back().push_back(Safe(cell.text));
    }
    std::vector<size_t> widths(answer.columns.size());
    for (const auto& cells : lines) {
      for (size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(cells[i]));
    }
    FitWidths(widths, style.width);
    const bool wraps = style.width != 0;
    out += LayRow(lines[0], widths, wraps);
    std::vector<std::string> rules;
    for (const size_t width : widths) rules.emplace_back(width, '-');
    out += LayRow(rules, widths, wraps);
    for (size_t i = 0; i < answer.rows.size(); ++i) {
      out += LayRow(lines[i + 1], widths, wraps);
      if (!style.evidence) continue;
      const std::vector<std::string>& events = answer.rows[i].events;
      for (size_t e = 0; e < std::min(events.size(), style.max_evidence); ++e) {
        const EntityEvent event = facts.ReadEvent(Term::Iri(events[e]));
        const std::string line = "\"" + Safe(SentenceOf(event)) + "\" " + Safe(Describe(event.report));
        for (const std::string& part : WrapText(line, style.width > 30 ? style.width - 4 : SIZE_MAX)) {
          out += "    " + part + "\n";
        }
      }
      if (events.size() > style.max_evidence) {
        out += fmt::format("    ... and {} more\n", events.size() - style.max_evidence);
      }
    }
  }
  for (const std::string& note : answer.notes) {
    for (const std::string& line : WrapText(Safe(note), style.width > 20 ? style.width : SIZE_MAX)) out += line + "\n";
  }
  if (facts.reader().error()) return base::Fail(*facts.reader().error());
  return out;
}

base::Result<std::string> ToJson(const Answer& answer, const graph::Snapshot& snapshot, const AnswerStyle& style) {
  FactReader facts(snapshot);
  std::string out = JsonWriter(facts, style).Write(answer);
  if (facts.reader().error()) return base::Fail(*facts.reader().error());
  return out;
}

}  // namespace sitgraph::queries
