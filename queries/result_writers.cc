// The W3C's formats for results.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "base/csv.h"
#include "base/text.h"
#include "graph/vocabulary.h"
#include "queries/graph_writers.h"
#include "queries/results.h"
#include "queries/table_writer.h"

namespace sitgraph::queries {
namespace {

using graph::Term;
namespace vocabulary = graph::vocabulary;

bool IsXsd(const Term& term, std::string_view local) {
  std::string_view datatype = term.datatype();
  return datatype.starts_with(vocabulary::kXsd) && datatype.substr(vocabulary::kXsd.size()) == local;
}
bool IsPlainString(const Term& term) { return IsXsd(term, "string"); }

class JsonWriter : public ResultSink {
 public:
  explicit JsonWriter(ByteSink out) : out_(std::move(out)), json_(buffer_) {}

  base::Status Begin(const std::vector<std::string>& variables, const Prefixes&) override {
    variables_ = variables;
    json_.StartObject();
    json_.Key("head");
    json_.StartObject();
    json_.Key("vars");
    json_.StartArray();
    for (const std::string& name : variables) String(name);
    json_.EndArray();
    json_.EndObject();
    json_.Key("results");
    json_.StartObject();
    json_.Key("bindings");
    json_.StartArray();
    return {};
  }

  base::Status Row(std::span<const std::optional<Term>> cells) override {
    json_.StartObject();
    for (size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i]) continue;
      const Term& term = *cells[i];
      json_.Key(variables_[i].data(), static_cast<rapidjson::SizeType>(variables_[i].size()));
      json_.StartObject();
      json_.Key("type");
      json_.String(term.is_iri() ? "uri" : term.is_blank() ? "bnode" : "literal");
      json_.Key("value");
      String(term.value());
      if (!term.language().empty()) {
        json_.Key("xml:lang");
        String(term.language());
      } else if (term.is_literal() && !IsPlainString(term)) {
        json_.Key("datatype");
        String(term.datatype());
      }
      json_.EndObject();
    }
    json_.EndObject();
    return Flush();
  }

  base::Status Boolean(bool answer) override {
    json_.StartObject();
    json_.Key("head");
    json_.StartObject();
    json_.EndObject();
    json_.Key("boolean");
    json_.Bool(answer);
    json_.EndObject();
    buffer_.Put('\n');
    return Flush();
  }

  base::Status End() override {
    json_.EndArray();
    json_.EndObject();
    json_.EndObject();
    buffer_.Put('\n');
    return Flush();
  }

 private:
  void String(const std::string& text) { json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size())); }
  base::Status Flush() {
    base::Status status = out_({buffer_.GetString(), buffer_.GetSize()});
    buffer_.Clear();
    return status;
  }

  ByteSink out_;
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> json_;
  std::vector<std::string> variables_;
};

// Characters that XML 1.0 cannot hold at all become U+FFFD.
void AppendXml(std::string& out, std::string_view text) {
  for (size_t offset = 0; offset < text.size();) {
    size_t begin = offset;
    char32_t c = base::NextCodePoint(text, offset);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\r') {
      out += "&#13;";
    } else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF) {
      out += "\xEF\xBF\xBD";
    } else {
      out.append(text.substr(begin, offset - begin));
    }
  }
}

class XmlWriter : public ResultSink {
 public:
  explicit XmlWriter(ByteSink out) : out_(std::move(out)) {}

  base::Status Begin(const std::vector<std::string>& variables, const Prefixes&) override {
    variables_ = variables;
    std::string text(kStart);
    text += "<head>";
    for (const std::string& name : variables) {
      text += "<variable name=\"";
      AppendXml(text, name);
      text += "\"/>";
    }
    text += "</head>\n<results>\n";
    return out_(text);
  }

  base::Status Row(std::span<const std::optional<Term>> cells) override {
    std::string text = "<result>";
    for (size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i]) continue;
      text += "<binding name=\"";
      AppendXml(text, variables_[i]);
      text += "\">";
      AppendTerm(text, *cells[i]);
      text += "</binding>";
    }
    text += "</result>\n";
    return out_(text);
  }

  base::Status Boolean(bool answer) override {
    std::string text(kStart);
    text += answer ? "<head/>\n<boolean>true</boolean>\n</sparql>\n" : "<head/>\n<boolean>false</boolean>\n</sparql>\n";
    return out_(text);
  }

  base::Status End() override { return out_("</results>\n</sparql>\n"); }

 private:
  static constexpr std::string_view kStart =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n";

  static void AppendTerm(std::string& text, const Term& term) {
    std::string_view element = term.is_iri() ? "uri" : term.is_blank() ? "bnode" : "literal";
    text.append("<").append(element);
    if (!term.language().empty()) {
      text += " xml:lang=\"";
      AppendXml(text, term.language());
      text += '"';
    } else if (term.is_literal() && !IsPlainString(term)) {
      text += " datatype=\"";
      AppendXml(text, term.datatype());
      text += '"';
    }
    text += '>';
    AppendXml(text, term.value());
    text.append("</").append(element).append(">");
  }

  ByteSink out_;
  std::vector<std::string> variables_;
};

class CsvWriter : public ResultSink {
 public:
  explicit CsvWriter(ByteSink out) : out_(std::move(out)) {}

  base::Status Begin(const std::vector<std::string>& variables, const Prefixes&) override {
    std::string line;
    for (const std::string& name : variables) {
      if (&name != &variables.front()) line += ',';
      line += base::CsvField(name);
    }
    return out_(line + "\r\n");
  }
  base::Status Row(std::span<const std::optional<Term>> cells) override {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line += ',';
      if (cells[i]) line += base::CsvField(cells[i]->is_blank() ? "_:" + cells[i]->value() : cells[i]->value());
    }
    return out_(line + "\r\n");
  }
  base::Status Boolean(bool answer) override { return out_(answer ? "true\r\n" : "false\r\n"); }
  base::Status End() override { return {}; }

 private:
  ByteSink out_;
};

// Numbers stand as they are where Turtle would read them back as the same term.
bool IsTurtleNumber(const Term& term) {
  const std::string& text = term.value();
  bool digits = false, point = false, exponent = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c >= '0' && c <= '9') {
      digits = true;
    } else if (c == '.' && !point && !exponent) {
      point = true;
      if (i + 1 == text.size()) return false;
    } else if ((c == 'e' || c == 'E') && digits && !exponent) {
      exponent = true;
      digits = false;
    } else if (!((c == '+' || c == '-') && (i == 0 || text[i - 1] == 'e' || text[i - 1] == 'E'))) {
      return false;
    }
  }
  if (!digits) return false;
  if (IsXsd(term, "integer")) return !point && !exponent;
  if (IsXsd(term, "decimal")) return point && !exponent && text.back() != '.';
  return IsXsd(term, "double") && exponent;
}

class TsvWriter : public ResultSink {
 public:
  explicit TsvWriter(ByteSink out) : out_(std::move(out)) {}

  base::Status Begin(const std::vector<std::string>& variables, const Prefixes&) override {
    std::string line;
    for (const std::string& name : variables) {
      if (&name != &variables.front()) line += '\t';
      line += "?" + name;
    }
    return out_(line + "\n");
  }
  base::Status Row(std::span<const std::optional<Term>> cells) override {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line += '\t';
      if (!cells[i]) continue;
      if (cells[i]->is_literal() && IsTurtleNumber(*cells[i])) {
        line += cells[i]->value();
        continue;
      }
      for (char c : graph::ToNTriples(*cells[i])) {  // tabs are left as they are by N-Triples
        if (c == '\t') {
          line += "\\t";
        } else {
          line += c;
        }
      }
    }
    return out_(line + "\n");
  }
  base::Status Boolean(bool answer) override { return out_(answer ? "true\n" : "false\n"); }
  base::Status End() override { return {}; }

 private:
  ByteSink out_;
};

}  // namespace

std::optional<ResultFormat> ResultFormatOf(std::string_view name) {
  if (name == "table") return ResultFormat::kTable;
  if (name == "json") return ResultFormat::kJson;
  if (name == "xml") return ResultFormat::kXml;
  if (name == "csv") return ResultFormat::kCsv;
  if (name == "tsv") return ResultFormat::kTsv;
  if (name == "turtle") return ResultFormat::kTurtle;
  if (name == "ntriples") return ResultFormat::kNTriples;
  return std::nullopt;
}

base::Status ResultSink::BeginGraph(const Prefixes&) {
  return base::Fail(base::ErrorCode::kUsage, "CONSTRUCT and DESCRIBE give a graph, which this format cannot hold", {},
                    "use turtle or ntriples");
}
base::Status ResultSink::Triple(const graph::Triple&) { return BeginGraph({}); }

std::unique_ptr<ResultSink> MakeResultWriter(ResultFormat format, ByteSink out, const WriterOptions& options) {
  switch (format) {
    case ResultFormat::kTable:
      return MakeTableWriter(std::move(out), options);
    case ResultFormat::kJson:
      return std::make_unique<JsonWriter>(std::move(out));
    case ResultFormat::kXml:
      return std::make_unique<XmlWriter>(std::move(out));
    case ResultFormat::kCsv:
      return std::make_unique<CsvWriter>(std::move(out));
    case ResultFormat::kTsv:
      return std::make_unique<TsvWriter>(std::move(out));
    case ResultFormat::kTurtle:
      return MakeTurtleWriter(std::move(out));
    case ResultFormat::kNTriples:
      return MakeNTriplesWriter(std::move(out));
  }
  return nullptr;
}

}  // namespace sitgraph::queries
