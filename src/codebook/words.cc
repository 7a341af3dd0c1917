// nouns.csv, titles.csv, units.csv: common words that head mentions, go with persons, or measure.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "src/codebook/content.h"

namespace sitgraph::codebook {
namespace {

bool ReadFlag(const Table& table, const Cell& cell, ErrorList& errors) {
  if (cell.text == "yes") return true;
  if (!cell.empty() && cell.text != "no") {
    errors.Add(table.PlaceOf(cell), "neither yes nor no: '" + std::string(cell.text) + "'");
  }
  return false;
}

void CheckSmall(const Table& table, const Cell& cell, ErrorList& errors) {
  const std::string lower = base::Lower(cell.text);
  if (lower == cell.text) return;
  errors.Add(table.PlaceOf(cell), "capital letters in '" + std::string(cell.text) + "'", "write '" + lower + "'");
}

void ParseNouns(const SourceFile& file, Content& content, ErrorList& errors) {
  enum Column : size_t { kLemma, kKind, kUnit, kCollective };
  constexpr std::array<std::string_view, 4> kColumns = {"lemma", "kind", "unit", "collective"};
  constexpr std::array<std::string_view, 3> kRequired = {"lemma", "kind", "unit"};
  const std::vector<std::string> counted = {"person", "item"};
  std::vector<std::string> kinds;
  for (int k = 0; k < kEntityKindCount; ++k) kinds.emplace_back(ToWord(static_cast<EntityKind>(k)));

  const Table table = Table::Read(file, kColumns, kRequired, errors);
  std::vector<uint32_t> lines;
  for (size_t r = 0; r < table.size(); ++r) {
    const Cell lemma = table.At(r, kLemma);
    CheckSmall(table, lemma, errors);
    Noun noun;
    noun.lemma = lemma.text;
    const Cell kind = table.At(r, kKind);
    if (auto known = EntityKindFromWord(kind.text)) {
      noun.kind = *known;
    } else {
      errors.Add(table.PlaceOf(kind), "unknown kind '" + std::string(kind.text) + "'",
                 Suggest(kind.text, kinds, "one of: " + Join(kinds)));
    }
    const Cell unit = table.At(r, kUnit);
    noun.unit = unit.text;
    if (std::find(counted.begin(), counted.end(), unit.text) == counted.end()) {
      errors.Add(table.PlaceOf(unit), "unknown unit '" + noun.unit + "'", "person or item");
    }
    noun.collective = ReadFlag(table, table.At(r, kCollective), errors);
    const auto [at, fresh] = content.noun_of_lemma.emplace(noun.lemma, static_cast<uint32_t>(content.nouns.size()));
    if (!fresh) {
      errors.Add(table.PlaceOf(lemma),
                 "noun '" + noun.lemma + "' twice, first in line " + std::to_string(lines[at->second]));
      continue;
    }
    content.nouns.push_back(std::move(noun));
    lines.push_back(lemma.line);
  }
}

void ParseTitles(const SourceFile& file, Content& content, ErrorList& errors) {
  enum Column : size_t { kWords, kType };
  constexpr std::array<std::string_view, 2> kColumns = {"words", "type"};
  const std::vector<std::string> types = {"rank", "office"};
  const Table table = Table::Read(file, kColumns, kColumns, errors);
  for (size_t r = 0; r < table.size(); ++r) {
    const Cell words = table.At(r, kWords);
    const Cell type = table.At(r, kType);
    if (std::find(types.begin(), types.end(), type.text) == types.end()) {
      errors.Add(table.PlaceOf(type), "unknown type '" + std::string(type.text) + "'",
                 Suggest(type.text, types, "one of: " + Join(types)));
    }
    if (!content.title_phrases.Add(words.text, static_cast<uint32_t>(content.titles.size()))) {
      errors.Add(table.PlaceOf(words), "title '" + std::string(words.text) + "' twice or without letters",
                 "case, stops and hyphens make no difference");
      continue;
    }
    content.titles.push_back({std::string(words.text), type.text == "rank"});
  }
}

void ParseUnits(const SourceFile& file, Content& content, ErrorList& errors) {
  enum Column : size_t { kWord, kForms, kCode };
  constexpr std::array<std::string_view, 3> kColumns = {"word", "forms", "code"};
  constexpr std::array<std::string_view, 2> kRequired = {"word", "code"};
  const Table table = Table::Read(file, kColumns, kRequired, errors);
  for (size_t r = 0; r < table.size(); ++r) {
    std::vector<Cell> forms = table.ListAt(r, kForms);
    const Cell word = table.At(r, kWord);
    CheckSmall(table, word, errors);
    forms.insert(forms.begin(), word);
    const auto index = static_cast<uint32_t>(content.units.size());
    for (const Cell& form : forms) {
      if (content.unit_phrases.Add(form.text, index)) continue;
      errors.Add(table.PlaceOf(form), "unit '" + std::string(form.text) + "' twice",
                 "case, stops and hyphens make no difference");
    }
    content.units.push_back({std::string(word.text), std::string(table.At(r, kCode).text)});
  }
}

}  // namespace

void ParseWords(const SourceFiles& files, Content& content, ErrorList& errors) {
  if (const SourceFile* file = FindFile(files, kNounsFile, errors)) ParseNouns(*file, content, errors);
  if (const SourceFile* file = FindFile(files, kTitlesFile, errors)) ParseTitles(*file, content, errors);
  if (const SourceFile* file = FindFile(files, kUnitsFile, errors)) ParseUnits(*file, content, errors);
}

}  // namespace sitgraph::codebook
