// Enough of each format for the W3C's own files.
#include "tests/queries/w3c_results.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <functional>

#include "base/file.h"
#include "base/text.h"
#include "graph/rdf_reader.h"
#include "graph/vocabulary.h"
#include "queries/sparql/value.h"

namespace sitgraph::queries::testing {
namespace {

using graph::Term;

Term Literal(std::string value, const std::string& language, const std::string& datatype) {
  if (!language.empty()) return Term::LangString(std::move(value), base::Lower(language));
  if (!datatype.empty()) return Term::Typed(std::move(value), datatype);
  return Term::String(std::move(value));
}

std::string Unescape(std::string_view xml) {
  std::string out;
  for (size_t i = 0; i < xml.size();) {
    if (xml[i] != '&') {
      out += xml[i++];
      continue;
    }
    size_t end = xml.find(';', i);
    std::string_view name = xml.substr(i + 1, end - i - 1);
    if (name == "lt") out += '<';
    if (name == "gt") out += '>';
    if (name == "amp") out += '&';
    if (name == "quot") out += '"';
    if (name == "apos") out += '\'';
    i = end + 1;
  }
  return out;
}

std::string Attribute(std::string_view tag, const std::string& name) {
  size_t at = tag.find(name + "=");
  if (at == std::string_view::npos) return {};
  char quote = tag[at + name.size() + 1];
  size_t begin = at + name.size() + 2;
  return Unescape(tag.substr(begin, tag.find(quote, begin) - begin));
}

ResultSet ReadXml(std::string_view xml) {
  ResultSet out;
  std::string variable;
  for (size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    if (xml.substr(at, 4) == "<!--") {
      at = xml.find("-->", at);
      continue;
    }
    size_t end = xml.find('>', at);
    std::string_view tag = xml.substr(at + 1, end - at - 1);
    std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    std::string text = Unescape(xml.substr(end + 1, xml.find('<', end) - end - 1));
    if (tag.ends_with('/')) text.clear();
    if (name == "variable") out.variables.push_back(Attribute(tag, "name"));
    if (name == "boolean") out.boolean = base::Trim(text) == "true";
    if (name == "result") out.rows.emplace_back();
    if (name == "binding") variable = Attribute(tag, "name");
    if (name == "uri") out.rows.back()[variable] = Term::Iri(text);
    if (name == "bnode") out.rows.back()[variable] = Term::Blank(text);
    if (name == "literal") {
      out.rows.back()[variable] = Literal(text, Attribute(tag, "xml:lang"), Attribute(tag, "datatype"));
    }
  }
  return out;
}

ResultSet ReadJson(const std::string& json) {
  ResultSet out;
  rapidjson::Document document;
  document.Parse(json.c_str());
  if (document.HasMember("boolean")) {
    out.boolean = document["boolean"].GetBool();
    return out;
  }
  for (const auto& name : document["head"]["vars"].GetArray()) out.variables.emplace_back(name.GetString());
  for (const auto& row : document["results"]["bindings"].GetArray()) {
    auto& cells = out.rows.emplace_back();
    for (const auto& member : row.GetObject()) {
      const auto& cell = member.value;
      auto text = [&](const char* key) { return cell.HasMember(key) ? std::string(cell[key].GetString()) : ""; };
      std::string type = text("type");
      cells[member.name.GetString()] = type == "uri"     ? Term::Iri(text("value"))
                                       : type == "bnode" ? Term::Blank(text("value"))
                                                         : Literal(text("value"), text("xml:lang"), text("datatype"));
    }
  }
  return out;
}

base::Result<ResultSet> ReadRdfResult(const std::string& path) {
  static const std::string kRs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";
  std::map<Term, std::multimap<std::string, Term>> nodes;
  graph::RdfReadOptions options;
  options.syntax = *graph::SyntaxOf(path);
  options.base_iri = "http://w3c.test/" + path.substr(path.find("/sparql1") + 1);
  auto read = graph::ReadRdf(path, options, [&](const graph::Quad& quad) {
    nodes[quad.subject].emplace(quad.predicate.value(), quad.object);
    return base::Status();
  });
  if (!read) return base::Fail(read.error());
  ResultSet out;
  std::map<int, std::map<std::string, Term>> by_index;
  for (const auto& [node, properties] : nodes) {
    auto variables = properties.equal_range(kRs + "resultVariable");
    for (auto it = variables.first; it != variables.second; ++it) out.variables.push_back(it->second.value());
    if (auto answer = properties.find(kRs + "boolean"); answer != properties.end()) {
      out.boolean = answer->second.value() == "true" || answer->second.value() == "1";
    }
    auto solutions = properties.equal_range(kRs + "solution");
    for (auto solution = solutions.first; solution != solutions.second; ++solution) {
      std::map<std::string, Term> row;
      const auto& parts = nodes[solution->second];
      auto bindings = parts.equal_range(kRs + "binding");
      for (auto binding = bindings.first; binding != bindings.second; ++binding) {
        const auto& pair = nodes[binding->second];
        row[pair.find(kRs + "variable")->second.value()] = pair.find(kRs + "value")->second;
      }
      if (auto index = parts.find(kRs + "index"); index != parts.end()) {
        by_index[std::stoi(index->second.value())] = std::move(row);
      } else {
        out.rows.push_back(std::move(row));
      }
    }
  }
  if (!by_index.empty()) {
    out.ordered = true;
    for (auto& [index, row] : by_index) out.rows.push_back(std::move(row));
  }
  return out;
}

// One term a cell as Turtle writes it, numbers bare.
Term ReadTsvTerm(std::string_view cell) {
  if (cell.starts_with('<')) return Term::Iri(std::string(cell.substr(1, cell.size() - 2)));
  if (cell.starts_with("_:")) return Term::Blank(std::string(cell.substr(2)));
  if (!cell.starts_with('"')) {
    std::string_view type = cell.find_first_of("eE") != std::string_view::npos ? "double"
                            : cell.find('.') != std::string_view::npos         ? "decimal"
                                                                               : "integer";
    return Term::Typed(std::string(cell), graph::vocabulary::Iri(graph::vocabulary::kXsd, type));
  }
  size_t end = cell.rfind('"');
  std::string text(cell.substr(1, end - 1));
  std::string_view rest = cell.substr(end + 1);
  if (rest.starts_with('@')) return Term::LangString(text, base::Lower(rest.substr(1)));
  if (rest.starts_with("^^")) return Term::Typed(text, std::string(rest.substr(3, rest.size() - 4)));
  return Term::String(text);
}

ResultSet ReadTsv(std::string_view text) {
  ResultSet out;
  bool is_header = true;
  for (std::string_view line : base::Split(text, '\n')) {
    if (line.empty()) continue;
    auto cells = base::Split(line, '\t');
    if (is_header) {
      for (std::string_view cell : cells) out.variables.emplace_back(cell.substr(1));
      is_header = false;
      continue;
    }
    auto& row = out.rows.emplace_back();
    for (size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i].empty()) row[out.variables[i]] = ReadTsvTerm(cells[i]);
    }
  }
  return out;
}

using Renaming = std::map<std::string, std::string>;

bool SameTerm(const Term& expected, const Term& actual, Renaming& there, Renaming& back) {
  if (expected.is_blank() && actual.is_blank()) {
    auto to = there.try_emplace(expected.value(), actual.value()).first;
    auto from = back.try_emplace(actual.value(), expected.value()).first;
    return to->second == actual.value() && from->second == expected.value();
  }
  if (expected == actual) return true;
  if (!expected.is_literal() || !actual.is_literal() || expected.datatype() != actual.datatype()) return false;
  auto a = sparql::Value::Of(expected), b = sparql::Value::Of(actual);
  return a.is_numeric() && b.is_numeric() && sparql::Equal(a, b).value_or(false);
}

using Row = std::map<std::string, Term>;

bool SameRow(const Row& expected, const Row& actual, Renaming& there, Renaming& back) {
  return std::equal(expected.begin(), expected.end(), actual.begin(), actual.end(), [&](const auto& a, const auto& b) {
    return a.first == b.first && SameTerm(a.second, b.second, there, back);
  });
}

}  // namespace

base::Result<ResultSet> ReadResultSet(const std::string& path) {
  if (path.ends_with(".ttl") || path.ends_with(".rdf")) return ReadRdfResult(path);
  auto text = base::ReadFile(path);
  if (!text) return base::Fail(text.error());
  if (path.ends_with(".srx")) return ReadXml(*text);
  if (path.ends_with(".srj")) return ReadJson(*text);
  if (path.ends_with(".tsv")) return ReadTsv(*text);
  return base::Fail(base::ErrorCode::kUnsupported, "no reader for this kind of result", {path});
}

bool SameResults(const ResultSet& expected, const ResultSet& actual) {
  if (expected.boolean != actual.boolean || expected.rows.size() != actual.rows.size()) return false;
  std::vector<bool> used(actual.rows.size());
  // Backtracking over which row is which; the W3C's answers are small.
  std::function<bool(size_t, const Renaming&, const Renaming&)> match = [&](size_t i, const Renaming& there,
                                                                            const Renaming& back) {
    if (i == expected.rows.size()) return true;
    for (size_t j = 0; j < actual.rows.size(); ++j) {
      if (used[j] || (expected.ordered && j != i)) continue;
      Renaming next_there = there, next_back = back;
      if (!SameRow(expected.rows[i], actual.rows[j], next_there, next_back)) continue;
      used[j] = true;
      if (match(i + 1, next_there, next_back)) return true;
      used[j] = false;
    }
    return false;
  };
  return match(0, {}, {});
}

ResultSet AsResultSet(const std::vector<graph::Quad>& quads) {
  ResultSet out;
  for (const graph::Quad& quad : quads) {
    auto& row = out.rows.emplace_back();
    row = {{"s", quad.subject}, {"p", quad.predicate}, {"o", quad.object}};
    if (!quad.in_default_graph()) row["g"] = quad.graph;
  }
  return out;
}

bool SameCsv(const std::string& expected, const std::string& actual) {
  auto lines_of = [](const std::string& text) {
    std::vector<std::string> lines;
    for (std::string_view line : base::Split(text, '\n')) {
      std::string kept;
      for (std::string_view cell : base::Split(base::Trim(line), ',')) {
        kept += cell.starts_with("_:") ? "_:" : std::string(cell);
        kept += ',';
      }
      if (!base::Trim(line).empty()) lines.push_back(kept);
    }
    if (!lines.empty()) std::sort(lines.begin() + 1, lines.end());
    return lines;
  };
  return lines_of(expected) == lines_of(actual);
}

}  // namespace sitgraph::queries::testing
