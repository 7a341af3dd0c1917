#include "queries/ask/selection.h"

#include <fmt/format.h>

#include <algorithm>

namespace sitgraph::queries {
namespace {

using Names = Reach::Names;

constexpr size_t kStem = 6;  // letters of a word that its forms have in common, roughly

std::string EscapePattern(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view(R"(\.^$|?*+()[]{}-)").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// As a SPARQL string.
std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out + "\"";
}

std::string Values(std::string_view variable, const std::vector<std::string>& iris) {
  std::string out = fmt::format("VALUES ?{} {{", variable);
  for (const std::string& iri : iris) out += fmt::format(" <{}>", iri);
  return out + " }";
}

std::string TypeValues(std::string_view variable, const std::set<std::string>& types) {
  return fmt::format("VALUES ?{} {{ sgt:{} }}", variable, fmt::join(types, " sgt:"));
}

std::string_view RolesOf(NameRole role) {
  switch (role) {
    case NameRole::kAgent:
      return "sg:agent";
    case NameRole::kOther:
      return "sg:target|sg:partner|sg:instrument|sg:place|sg:origin|sg:destination";
    case NameRole::kPlace:
      return "sg:place|sg:origin|sg:destination|sg:target";
    case NameRole::kSource:
      return "sg:source";
    case NameRole::kAny:
      break;
  }
  return "sg:agent|sg:target|sg:partner|sg:instrument|sg:place|sg:origin|sg:destination";
}

// Words of a sentence, in any of their forms.
std::string StemsPattern(const std::vector<std::string>& words) {
  std::vector<std::string> stems;
  for (const std::string& word : words) stems.push_back(EscapePattern(word.substr(0, std::min(word.size(), kStem))));
  return fmt::format("(^|[^A-Za-z])({})", fmt::join(stems, "|"));
}

// That no other name fills the role, but for roles whose fillers are asked for; a wider place is no other.
std::string Unfilled(const QuestionName& name, size_t i, const std::vector<std::string>& asked) {
  const bool place = name.role == NameRole::kPlace || (name.role == NameRole::kAny && name.place);
  std::vector<std::string> roles;
  if (place) roles = {"place", "origin", "destination"};
  if (name.role == NameRole::kAgent) roles = {"agent"};
  std::erase_if(roles, [&](const auto& role) { return std::find(asked.begin(), asked.end(), role) != asked.end(); });
  if (roles.empty()) return "";
  const std::string wider = place ? fmt::format(" FILTER NOT EXISTS {{ {} ?name{} sg:within* ?other{} }}",
                                                Values(fmt::format("name{}", i), name.iris), i, i)
                                  : "";
  return fmt::format(
      " FILTER NOT EXISTS {{ ?event sg:{0} ?other{1} . ?other{1} skos:prefLabel ?otherName{1} "
      "FILTER(REGEX(?otherName{1}, \"^[A-Z0-9]\") && !REGEX(?otherName{1}, {3})){2} }}",
      fmt::join(roles, "|sg:"), i, wider, Quoted(WordsPattern(name.spellings)));
}

// Places and bodies stand for what lies within them.
std::string NameClause(const QuestionName& name, size_t i, Names reach, const std::vector<std::string>& asked) {
  const std::string values = Values(fmt::format("name{}", i), name.iris);
  const std::string met = fmt::format("?met{0} . ?met{0} sg:within* ?name{0}", i);
  if (reach == Names::kRoles) return fmt::format("  {} ?event {} {} .\n", values, RolesOf(name.role), met);
  std::string out = fmt::format("  FILTER EXISTS {{\n    {{ {} ?event {} {} }}\n", values, RolesOf(name.role), met);
  out += fmt::format("    UNION {{ ?event sg:evidence/sg:sentence ?said{0} FILTER(REGEX(?said{0}, {1})){2} }}\n", i,
                     Quoted(WordsPattern(name.spellings)), Unfilled(name, i, asked));
  if (reach == Names::kReport) {
    out += fmt::format(
        "    UNION {{ {0} ?event prov:hadPrimarySource ?report{1} . ?beside{1} prov:hadPrimarySource ?report{1} ; {2} "
        "{3}{4} }}\n"
        "    UNION {{ ?event prov:hadPrimarySource/dct:title ?title{1} FILTER(REGEX(?title{1}, {5})){4} }}\n",
        values, i, RolesOf(NameRole::kAny), met, Unfilled(name, i, asked), Quoted(WordsPattern(name.spellings)));
  }
  return out + "  }\n";
}

// Which labels a thing is called by: the noun at their end, or before "of".
std::string ThingPattern(const QuestionThing& thing) {
  std::vector<std::string> forms;
  for (const std::string& form : thing.forms) forms.push_back(EscapePattern(form));
  return fmt::format(
      "(^|[^A-Za-z\\-])({})( (of|command|staff|group|groups|unit|units) .*| "
      "(of|command|staff|group|groups|unit|units))?$",
      fmt::join(forms, "|"));
}

std::string ThingClause(const QuestionThing& thing, size_t i, const Reach& reach) {
  std::string out = fmt::format(
      "  FILTER EXISTS {{\n    {{ {{ ?event sg:agent|sg:target|sg:partner|sg:instrument ?thing{0} . ?thing{0} "
      "skos:prefLabel ?called{0} }}\n      UNION {{ ?event sg:count/sg:of ?called{0} }} "
      "FILTER(REGEX(?called{0}, {1}, \"i\")) }}\n",
      i, Quoted(ThingPattern(thing)));
  if (reach.names != Names::kRoles) {
    out +=
        fmt::format("    UNION {{ ?event sg:evidence/sg:sentence ?called{0} FILTER(REGEX(?called{0}, {1}, \"i\")) }}\n",
                    i, Quoted(WordsPattern(thing.forms)));
  }
  if (reach.like_things && (thing.kind == "Force" || thing.kind == "People")) {
    out += fmt::format(
        "    UNION {{ ?event sg:agent|sg:target|sg:partner|(sg:count/sg:counts) ?like{0} . ?like{0} a sg:{1} }}\n", i,
        thing.kind);
  }
  return out + "  }\n";
}

std::string AboutClause(const Question& question, Names reach) {
  if (question.about.empty()) return "";
  const std::string same = fmt::format(
      "{} ?event sg:evidence/sg:sentence ?same . ?what sg:evidence/sg:sentence ?same ; sem:eventType ?whatType",
      TypeValues("whatType", question.about));
  if (reach == Names::kRoles) return fmt::format("  FILTER EXISTS {{ {} }}\n", same);
  std::string out = fmt::format(
      "  FILTER EXISTS {{\n    {{ {} }}\n    UNION {{ ?event sg:evidence/sg:sentence ?same "
      "FILTER(REGEX(?same, {}, \"i\")) }}\n",
      same, Quoted(StemsPattern({question.verbs.begin() + 1, question.verbs.end()})));
  if (reach == Names::kReport) {
    out += fmt::format(
        "    UNION {{ {} ?event prov:hadPrimarySource ?whole . ?what prov:hadPrimarySource ?whole ; "
        "sem:eventType ?whatType }}\n",
        TypeValues("whatType", question.about));
  }
  return out + "  }\n";
}

// Dates may be partial; as texts they compare by what they tell.
std::string TimeClause(const Question& question, bool undated) {
  if (question.since.empty() && question.until.empty()) return "";
  const base::PartialDate since = question.since, until = question.until;
  const auto after = [&](std::string_view date) {
    const std::string iso = base::ToIso(since);
    return since.empty() ? "true" : fmt::format("(STR({0}) >= \"{1}\" || STRSTARTS(\"{1}\", STR({0})))", date, iso);
  };
  const auto before = [&](std::string_view date) {
    const std::string iso = base::ToIso(until);
    return until.empty() ? "true" : fmt::format("(STR({0}) <= \"{1}\" || STRSTARTS(STR({0}), \"{1}\"))", date, iso);
  };
  std::string out = "  OPTIONAL { ?event sg:begin ?begin } OPTIONAL { ?event sg:end ?end }\n";
  if ((!since.empty() && since.year == 0) || (!until.empty() && until.year == 0)) {
    return out + fmt::format("  FILTER(CONTAINS(STR(?begin), \"{}\"))\n",
                             base::ToIso(since.empty() ? until : since).substr(1));
  }
  const std::string told = fmt::format(
      "((BOUND(?begin) || BOUND(?end)) && !STRSTARTS(STR(COALESCE(?begin, ?end)), \"-\") && (!BOUND(?end) || {}) && "
      "(!BOUND(?begin) || {}))",
      after("?end"), before("?begin"));
  if (!undated) return out + "  FILTER(" + told + ")\n";
  out += "  OPTIONAL { ?event prov:hadPrimarySource/dct:date ?published }\n";
  return out +
         fmt::format(
             "  FILTER({0} || (!BOUND(?begin) && !BOUND(?end) || STRSTARTS(STR(COALESCE(?begin, ?end)), \"-\")) && "
             "(!BOUND(?published) || {1}))\n",
             told, after("?published"));
}

}  // namespace

std::string WordsPattern(const std::vector<std::string>& words) {
  std::vector<std::string> escaped;
  for (const std::string& word : words) escaped.push_back(EscapePattern(word));
  return fmt::format("(^|[^A-Za-z])({})([^A-Za-z]|$)", fmt::join(escaped, "|"));
}

std::vector<Reach> ReachesOf(const Question& question) {
  const bool dated = !question.since.empty() || !question.until.empty();
  const bool kinds = std::any_of(question.things.begin(), question.things.end(), [](const QuestionThing& thing) {
    return thing.kind == "Force" || thing.kind == "People";
  });
  const bool somewhere =
      !question.names.empty() || !question.things.empty() || !question.about.empty() || question.materiel;
  std::vector<Reach> out;
  // A question that names no kind of event must be met strictly.
  Names widest = question.types.empty() || !somewhere ? Names::kRoles : Names::kReport;
  if (question.asked == Asked::kEvents || question.asked == Asked::kTimes) widest = Names::kRoles;
  if (question.asked == Asked::kNumber && !question.things.empty()) widest = Names::kReport;
  for (const bool undated : {false, true}) {
    for (const Names names : {Names::kRoles, Names::kSentence, Names::kReport}) {
      for (const bool like : {false, true}) {
        if (names > widest || (undated && !dated) || (like && !kinds)) continue;
        out.push_back({names, like, undated, true});
      }
    }
  }
  const auto distance = [](const Reach& reach) {
    return 2 * static_cast<int>(reach.names) + (reach.like_things ? 1 : 0) + (reach.undated ? 1 : 0);
  };
  std::stable_sort(out.begin(), out.end(), [&](const Reach& a, const Reach& b) { return distance(a) < distance(b); });
  return out;
}

std::string ToSparql(const Question& question, const std::vector<std::string>& roles, const Reach& reach) {
  std::string body;
  if (!question.types.empty()) body += "  " + TypeValues("type", question.types) + "\n";
  body += "  ?event a sg:Event ; sem:eventType ?type .\n";
  for (size_t i = 0; i < question.names.size(); ++i) {
    // Whether an actor did it is not guessed from its being named somewhere in the report.
    const QuestionName& name = question.names[i];
    const bool careful = question.asked == Asked::kWhether && !name.place && reach.names == Names::kReport;
    body += NameClause(name, i, careful ? Names::kSentence : reach.names, roles);
  }
  for (size_t i = 0; i < question.things.size(); ++i) {
    // In the widest reach only the first thing, which is counted or acts, must be there.
    if (i == 0 || reach.names != Names::kReport) body += ThingClause(question.things[i], i, reach);
  }
  if (question.materiel) {
    body +=
        "  FILTER EXISTS { ?event sg:target|sg:instrument|sg:agent|(sg:count/sg:counts) ?arms . ?arms a sg:Materiel "
        "}\n";
  }
  body += AboutClause(question, reach.names);
  if (!question.ordinal.empty() && reach.ordinal) {
    body += fmt::format("  ?event sg:evidence/sg:sentence ?told FILTER(REGEX(?told, {}, \"i\"))\n",
                        Quoted(WordsPattern({question.ordinal})));
  }
  if (!question.harm.empty()) {
    body += fmt::format(
        "  FILTER(NOT EXISTS {{ ?event sg:count/sg:harm ?otherHarm }} || EXISTS {{ ?event sg:count/sg:harm ?harm "
        "FILTER(?harm IN (\"{}\", \"killed-or-wounded\")) }})\n",
        question.harm);
  }
  body += TimeClause(question, reach.undated);
  std::string variables = "?event";
  if (!roles.empty()) {
    body += fmt::format("  ?event sg:{} ?answer .\n", fmt::join(roles, "|sg:"));
    variables += " ?answer";
  }
  return fmt::format("SELECT DISTINCT {} {{\n{}}} ORDER BY {}\n", variables, body, variables);
}

std::string ToCountSparql(const Question& question, const Reach& reach) {
  std::string body =
      "  ?count a sg:Count ; sg:of ?called ; sg:evidence/sg:sentence ?said ; prov:hadPrimarySource ?report .\n";
  // Where the question names a kind of event, its events have been asked for their counts.
  if (!question.types.empty()) body += "  FILTER NOT EXISTS { ?event sg:count ?count }\n";
  if (question.things.empty()) body += "  ?count sg:unit \"person\" .\n";
  for (const QuestionThing& thing : question.things) {
    body += fmt::format("  FILTER(REGEX(?called, {}, \"i\"))\n", Quoted(ThingPattern(thing)));
  }
  if (!question.verbs.empty()) {
    body += fmt::format("  FILTER(REGEX(?said, {}, \"i\"))\n", Quoted(StemsPattern(question.verbs)));
  }
  for (size_t i = 0; i < question.names.size(); ++i) {
    const QuestionName& name = question.names[i];
    const std::string said = fmt::format("REGEX(?said, {})", Quoted(WordsPattern(name.spellings)));
    if (reach.names != Names::kReport) {
      body += "  FILTER(" + said + ")\n";
      continue;
    }
    body += fmt::format(
        "  FILTER({0} || EXISTS {{ {1} ?beside{2} prov:hadPrimarySource ?report ; {3} ?met{2} . ?met{2} sg:within* "
        "?name{2} }})\n",
        said, Values(fmt::format("name{}", i), name.iris), i, RolesOf(NameRole::kAny));
  }
  return fmt::format("SELECT DISTINCT ?count {{\n{}}} ORDER BY ?count\n", body);
}

std::vector<std::string> WarningsOf(const Question& question, const Reach& reach) {
  std::vector<std::string> out;
  std::string names;
  for (const QuestionName& name : question.names) names += (names.empty() ? "" : ", ") + name.words;
  if (reach.names == Names::kSentence) {
    out.push_back(
        fmt::format("found by sentences that name {}, not by its part in the events", names.empty() ? "it" : names));
  } else if (reach.names == Names::kReport) {
    out.push_back(fmt::format("found in reports that tell of {}; that these events are of it is a guess",
                              names.empty() ? "it" : names));
  }
  if (reach.names == Names::kReport && question.things.size() > 1) {
    out.push_back(fmt::format("not looked for: {}", question.things[1].forms.back()));
  }
  if (reach.like_things) {
    out.push_back(fmt::format("found under another word than \"{}\"", question.things.front().forms.back()));
  }
  if (reach.undated) out.push_back("the time of what was found is not told, or lacks its year");
  if (!question.ordinal.empty() && !reach.ordinal) {
    out.push_back(fmt::format("\"{}\" is not told; chosen by time", question.ordinal));
  }
  return out;
}

}  // namespace sitgraph::queries
