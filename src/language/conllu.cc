// Reading CoNLL-U row by row, checking trees, and aligning forms with the sentence's text.
#include "src/language/conllu.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/text.h"
#include "src/language/features.h"
#include "src/language/tagset.h"

namespace sitgraph::language {
namespace {

constexpr size_t kMaxLine = size_t{1} << 20;
constexpr size_t kMaxWords = 10000;
constexpr std::array<std::string_view, 10> kColumns = {"ID",    "FORM", "LEMMA",  "UPOS", "XPOS",
                                                       "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"};
enum Column : size_t { kId, kForm, kLemma, kUpos, kXpos, kFeats, kHead, kDeprel, kDeps, kMisc };

std::optional<uint32_t> ParseNumber(std::string_view text) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return value;
}

bool HasSpaceAfterNo(std::string_view misc) {
  for (const std::string_view item : base::Split(misc, '|')) {
    if (item == "SpaceAfter=No") return true;
  }
  return false;
}

// A surface token: one word, or the range row of a contraction.
struct Surface {
  size_t first = 0;  // words [first, last]
  size_t last = 0;
  std::string form;
  bool space_after = true;
  uint32_t line = 0;
};

// The value of a "# name = value" comment.
std::optional<std::string_view> CommentValue(std::string_view comment, std::string_view name) {
  std::string_view rest = base::Trim(comment.substr(1));
  if (rest.substr(0, name.size()) != name) return std::nullopt;
  rest = base::Trim(rest.substr(name.size()));
  if (rest.empty() || rest.front() != '=') return std::nullopt;
  return base::Trim(rest.substr(1));
}

bool IsComment(std::string_view comment, std::string_view name) {
  const std::string_view rest = base::Trim(comment.substr(1));
  return rest.substr(0, name.size()) == name && (rest.size() == name.size() || rest[name.size()] == ' ');
}

}  // namespace

struct ConlluReader::State {
  State(std::unique_ptr<base::ByteReader> reader, std::string file_name)
      : lines(std::move(reader), kMaxLine), file(std::move(file_name)) {}

  tl::unexpected<base::Error> Bad(std::string message, size_t line, std::string hint = {}) const {
    return base::Fail(base::ErrorCode::kBadInput, std::move(message), {file, static_cast<uint32_t>(line), 1},
                      std::move(hint));
  }
  // An error in one field of the current row.
  tl::unexpected<base::Error> BadField(Column column, std::string message, std::string hint = {}) const {
    const size_t bytes = static_cast<size_t>(fields[column].data() - fields[kId].data());
    const std::string_view before(fields[kId].data(), bytes);
    return base::Fail(
        base::ErrorCode::kBadInput, std::move(message),
        {file, static_cast<uint32_t>(lines.line_number()), static_cast<uint32_t>(base::CountCodePoints(before) + 1)},
        std::move(hint));
  }

  base::Status ReadRow(const std::string& line);
  base::Status ReadWord();
  base::Status ReadRange(size_t dash);
  base::Status ReadEmptyNode(size_t dot);
  void ReadComment(const std::string& line);
  base::Status Finish();
  base::Status CheckTree() const;
  base::Status Align();
  void CollectSurfaces();
  void SkipSentence();

  base::LineReader lines;
  std::string file;
  std::vector<std::string_view> fields;
  ConlluSentence sentence;
  std::vector<bool> word_space_after;
  std::vector<Surface> ranges;
  std::vector<Surface> surfaces;
  std::vector<uint32_t> heads;  // as written, 0 for the root
  bool has_text = false;
};

void ConlluReader::State::ReadComment(const std::string& line) {
  if (const auto text = CommentValue(line, "text")) {
    sentence.text = *text;
    has_text = true;
  } else if (const auto id = CommentValue(line, "sent_id")) {
    sentence.id = *id;
  } else if (IsComment(line, "newdoc")) {
    sentence.starts_document = true;
    sentence.starts_paragraph = true;
    if (const auto document = CommentValue(line, "newdoc id")) sentence.new_document = *document;
  } else if (IsComment(line, "newpar")) {
    sentence.starts_paragraph = true;
  }
}

base::Status ConlluReader::State::ReadRow(const std::string& line) {
  if (const auto invalid = base::FindInvalidUtf8(line)) {
    const std::string_view before(line.data(), *invalid);
    return base::Fail(
        base::ErrorCode::kBadInput, "the text is not UTF-8",
        {file, static_cast<uint32_t>(lines.line_number()), static_cast<uint32_t>(base::CountCodePoints(before) + 1)});
  }
  fields = base::Split(line, '\t');
  if (fields.size() != kColumns.size()) {
    return Bad(fmt::format("a row has ten columns set apart by tabs, this one has {}", fields.size()),
               lines.line_number());
  }
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].empty()) {
      return BadField(static_cast<Column>(i), fmt::format("column {} is empty", kColumns[i]),
                      "write \"_\" for nothing");
    }
  }
  if (const size_t dash = fields[kId].find('-'); dash != std::string_view::npos) return ReadRange(dash);
  if (const size_t dot = fields[kId].find('.'); dot != std::string_view::npos) return ReadEmptyNode(dot);
  return ReadWord();
}

base::Status ConlluReader::State::ReadRange(size_t dash) {
  const auto first = ParseNumber(fields[kId].substr(0, dash));
  const auto last = ParseNumber(fields[kId].substr(dash + 1));
  const size_t next = sentence.words.size() + 1;
  const size_t covered = ranges.empty() ? 0 : ranges.back().last + 1;
  if (!first || !last || *first != next || *last <= *first || *first <= covered || *last > kMaxWords) {
    return BadField(kId, fmt::format("the range \"{}\" does not begin at the next word, {}", fields[kId], next));
  }
  ranges.push_back({*first - 1, *last - 1, std::string(fields[kForm]), !HasSpaceAfterNo(fields[kMisc]),
                    static_cast<uint32_t>(lines.line_number())});
  return {};
}

base::Status ConlluReader::State::ReadEmptyNode(size_t dot) {
  const auto word = ParseNumber(fields[kId].substr(0, dot));
  const auto number = ParseNumber(fields[kId].substr(dot + 1));
  if (!word || !number || *word != sentence.words.size() || *number == 0) {
    return BadField(kId,
                    fmt::format("the empty node \"{}\" does not follow word {}", fields[kId], sentence.words.size()));
  }
  return {};
}

base::Status ConlluReader::State::ReadWord() {
  const size_t next = sentence.words.size() + 1;
  if (ParseNumber(fields[kId]) != next) {
    return BadField(kId, fmt::format("the id \"{}\" stands where {} is due", fields[kId], next));
  }
  if (next > kMaxWords) {
    return base::Fail(base::ErrorCode::kTooLarge, fmt::format("a sentence has over {} words", kMaxWords),
                      {file, static_cast<uint32_t>(lines.line_number()), 1});
  }
  const auto upos = ParseUpos(fields[kUpos]);
  if (!upos) {
    return BadField(kUpos, fmt::format("\"{}\" is no universal part of speech", fields[kUpos]),
                    "the tags are listed at https://universaldependencies.org/u/pos/");
  }
  const auto features = ParseFeatures(fields[kFeats]);
  if (!features) return BadField(kFeats, fmt::format("\"{}\" is no list of Name=Value", fields[kFeats]));
  const auto head = ParseNumber(fields[kHead]);
  if (!head) return BadField(kHead, fmt::format("the head \"{}\" is no number", fields[kHead]));
  const auto deprel = ParseDeprel(fields[kDeprel]);
  if (!deprel) {
    return BadField(kDeprel, fmt::format("\"{}\" is no universal relation", fields[kDeprel]),
                    "the relations are listed at https://universaldependencies.org/u/dep/");
  }
  if ((*head == 0) != (*deprel == Deprel::kRoot)) {
    return BadField(kDeprel, "the relation root belongs to the word with head 0, and only to it");
  }
  ConlluWord& word = sentence.words.emplace_back();
  word.form = fields[kForm];
  word.lemma = fields[kLemma];
  word.line = static_cast<uint32_t>(lines.line_number());
  word.analysis.upos = *upos;
  word.analysis.xpos = static_cast<uint16_t>(ParseXpos(fields[kXpos]).value_or(Xpos::kNone));
  word.analysis.deprel = static_cast<uint16_t>(*deprel);
  word.analysis.features = *features;
  word.clitic = !ranges.empty() && ranges.back().first + 1 < next && next <= ranges.back().last + 1;
  heads.push_back(*head);
  word_space_after.push_back(!HasSpaceAfterNo(fields[kMisc]));
  return {};
}

// One root, heads in range, every word's way up ends at the root.
base::Status ConlluReader::State::CheckTree() const {
  const size_t n = heads.size();
  size_t roots = 0;
  for (size_t i = 0; i < n; ++i) {
    if (heads[i] > n) {
      return Bad(fmt::format("the head of word {} is {}, but the sentence has {} words", i + 1, heads[i], n),
                 sentence.words[i].line);
    }
    roots += heads[i] == 0;
  }
  if (roots != 1) return Bad(fmt::format("the tree has {} roots instead of one", roots), sentence.line);
  std::vector<uint32_t> seen(n, 0);  // 1 + the word whose way up passed here first
  for (size_t i = 0; i < n; ++i) {
    const uint32_t mark = static_cast<uint32_t>(i) + 1;
    for (size_t j = i; seen[j] == 0;) {
      seen[j] = mark;
      if (heads[j] == 0) break;
      j = heads[j] - 1;
      if (seen[j] == mark) {
        return Bad(fmt::format("word {} depends on itself through its heads", j + 1), sentence.words[j].line);
      }
    }
  }
  return {};
}

void ConlluReader::State::CollectSurfaces() {
  surfaces.clear();
  size_t range = 0;
  for (size_t i = 0; i < sentence.words.size();) {
    if (range < ranges.size() && ranges[range].first == i) {
      surfaces.push_back(ranges[range]);
      i = ranges[range++].last + 1;
    } else {
      surfaces.push_back({i, i, sentence.words[i].form, word_space_after[i], sentence.words[i].line});
      ++i;
    }
  }
}

// Gives every word its span of the text; where there is no text, builds it from the forms.
base::Status ConlluReader::State::Align() {
  CollectSurfaces();
  if (!has_text) {
    sentence.text.clear();
    for (size_t i = 0; i < surfaces.size(); ++i) {
      sentence.text += surfaces[i].form;
      if (surfaces[i].space_after && i + 1 < surfaces.size()) sentence.text += ' ';
    }
  }
  const std::string& text = sentence.text;
  if (text.size() > UINT32_MAX / 2) return Bad("the text is too long", sentence.line);
  sentence.spans.resize(sentence.words.size());
  size_t position = 0;
  for (const Surface& surface : surfaces) {
    const std::string_view rest = std::string_view(text).substr(position);
    const std::string_view trimmed = base::Trim(rest);
    if (!trimmed.empty()) position += static_cast<size_t>(trimmed.data() - rest.data());
    if (text.compare(position, surface.form.size(), surface.form) != 0) {
      return Bad(fmt::format("the form \"{}\" does not stand next in the sentence's \"# text\"", surface.form),
                 surface.line, "the forms must be the text, in its order");
    }
    const base::Span whole{static_cast<uint32_t>(position), static_cast<uint32_t>(position + surface.form.size())};
    std::string parts;
    for (size_t i = surface.first; i <= surface.last; ++i) parts += sentence.words[i].form;
    uint32_t begin = whole.begin;
    for (size_t i = surface.first; i <= surface.last; ++i) {
      const uint32_t size = static_cast<uint32_t>(sentence.words[i].form.size());
      sentence.spans[i] = parts == surface.form ? base::Span{begin, begin + size} : whole;
      begin += size;
    }
    position = whole.end;
  }
  if (!base::Trim(std::string_view(text).substr(position)).empty()) {
    return Bad("the sentence's \"# text\" goes on after its last word", sentence.line);
  }
  return {};
}

base::Status ConlluReader::State::Finish() {
  if (sentence.words.empty()) return Bad("comments without a sentence", sentence.line);
  if (!ranges.empty() && ranges.back().last >= sentence.words.size()) {
    return Bad(fmt::format("the range of \"{}\" goes past the last word", ranges.back().form), ranges.back().line);
  }
  if (auto tree = CheckTree(); !tree) return tree;
  for (size_t i = 0; i < heads.size(); ++i) {
    sentence.words[i].analysis.head = static_cast<int32_t>(heads[i]) - 1;
    sentence.words[i].analysis.lemma = sentence.words[i].lemma;
  }
  return Align();
}

// Moves past the rest of a broken sentence, so that one loses no other.
void ConlluReader::State::SkipSentence() {
  while (true) {
    const auto line = lines.Next();
    if (!line && line.error().code != base::ErrorCode::kTooLarge) return;
    if (line && (*line == nullptr || (*line)->empty())) return;
  }
}

ConlluReader::ConlluReader(std::unique_ptr<base::ByteReader> reader, std::string file_name)
    : state_(std::make_unique<State>(std::move(reader), std::move(file_name))) {}
ConlluReader::~ConlluReader() = default;
ConlluReader::ConlluReader(ConlluReader&&) noexcept = default;

base::Result<const ConlluSentence*> ConlluReader::Next() {
  State& state = *state_;
  state.sentence = {};
  state.word_space_after.clear();
  state.ranges.clear();
  state.heads.clear();
  state.has_text = false;
  bool begun = false;
  while (true) {
    const auto line = state.lines.Next();
    if (!line) {
      base::Error error = line.error();
      if (error.place.file.empty()) error.place = {state.file, static_cast<uint32_t>(state.lines.line_number()), 0};
      if (error.code == base::ErrorCode::kTooLarge) state.SkipSentence();
      return base::Fail(std::move(error));
    }
    const bool end = *line == nullptr;
    if (end || (*line)->empty()) {
      if (!begun) {
        if (end) return nullptr;
        continue;
      }
      if (auto finished = state.Finish(); !finished) return base::Fail(finished.error());
      return &state.sentence;
    }
    if (!begun) {
      begun = true;
      state.sentence.line = static_cast<uint32_t>(state.lines.line_number());
    }
    const std::string& content = **line;
    if (content.front() == '#' && state.sentence.words.empty()) {
      state.ReadComment(content);
      continue;
    }
    if (auto row = state.ReadRow(content); !row) {
      base::Error error = row.error();
      state.SkipSentence();
      return base::Fail(std::move(error));
    }
  }
}

ConlluDocumentReader::ConlluDocumentReader(std::unique_ptr<base::ByteReader> reader, std::string file_name)
    : reader_(std::move(reader), std::move(file_name)) {}

namespace {

void AppendSentence(ConlluDocument& to, const ConlluSentence& sentence) {
  Document& document = to.document;
  if (!to.text.empty()) to.text += sentence.starts_paragraph ? "\n\n" : " ";
  const uint32_t shift = static_cast<uint32_t>(to.text.size());
  to.text += sentence.text;
  const TokenIndex begin = static_cast<TokenIndex>(document.tokens.size());
  const TokenIndex end = begin + static_cast<TokenIndex>(sentence.words.size());
  document.sentences.push_back({{shift, static_cast<uint32_t>(to.text.size())}, begin, end, sentence.starts_paragraph});
  to.sentence_ids.push_back(sentence.id);
  std::vector<ConlluWord>& words = to.words.emplace_back(sentence.words);
  for (size_t i = 0; i < words.size(); ++i) {
    Token token;
    token.span = {sentence.spans[i].begin + shift, sentence.spans[i].end + shift};
    switch (words[i].analysis.upos) {
      case Upos::kPunct:
        token.kind = TokenKind::kPunctuation;
        break;
      case Upos::kSym:
        token.kind = TokenKind::kSymbol;
        break;
      case Upos::kNum:
        token.kind = TokenKind::kNumber;
        break;
      default:
        token.kind = TokenKind::kWord;
    }
    const bool last = i + 1 == words.size();
    token.clitic = words[i].clitic;
    token.space_after = last || sentence.spans[i + 1].begin > sentence.spans[i].end;
    document.tokens.push_back(token);
    Analysis analysis = words[i].analysis;
    analysis.lemma = words[i].lemma;
    if (analysis.head >= 0) analysis.head += static_cast<int32_t>(begin);
    document.analyses.push_back(analysis);
  }
}

}  // namespace

base::Result<std::unique_ptr<ConlluDocument>> ConlluDocumentReader::Next() {
  if (end_) return nullptr;
  std::unique_ptr<ConlluDocument> current = std::move(begun_);
  while (true) {
    const auto sentence = reader_.Next();
    if (!sentence) return base::Fail(sentence.error());
    if (*sentence == nullptr) {
      end_ = true;
      break;
    }
    const bool starts = current == nullptr || (*sentence)->starts_document;
    std::unique_ptr<ConlluDocument> fresh;
    if (starts) {
      fresh = std::make_unique<ConlluDocument>();
      fresh->id = (*sentence)->new_document;
    }
    ConlluDocument& target = starts ? *fresh : *current;
    if (target.text.size() + (*sentence)->text.size() > UINT32_MAX / 2) {
      return base::Fail(base::ErrorCode::kTooLarge, "a document has over 2 GiB of text", {{}, (*sentence)->line, 1});
    }
    AppendSentence(target, **sentence);
    if (!starts) continue;
    if (current == nullptr) {
      current = std::move(fresh);
      continue;
    }
    begun_ = std::move(fresh);
    break;
  }
  if (current != nullptr) current->document.text = current->text;
  return current;
}

namespace {

// How many tokens from `i` on make one surface token ("do|n't" two, "I|'d|'ve" three).
TokenIndex SurfaceLength(const Document& document, const Sentence& sentence, TokenIndex i) {
  TokenIndex j = i + 1;
  while (j < sentence.end && document.tokens[j].clitic &&
         document.tokens[j].span.begin <= document.tokens[j - 1].span.end) {
    ++j;
  }
  return j - i;
}

// The sentence's text, whatever stands between tokens made one blank (also controls, which are no tokens).
std::string TextOf(const Document& document, const Sentence& sentence) {
  std::string text;
  uint32_t end = sentence.span.begin;
  for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
    const base::Span span = document.tokens[i].span;
    if (span.begin > end && !text.empty()) text += ' ';
    if (span.end > end) text += document.text.substr(std::max(span.begin, end), span.end - std::max(span.begin, end));
    end = std::max(end, span.end);
  }
  return base::CollapseSpace(text);
}

std::string Field(std::string_view text) {
  std::string field = base::CollapseSpace(text);
  return field.empty() ? "_" : field;
}

}  // namespace

void AppendConllu(std::string& out, const Document& document, std::string_view id) {
  const bool analysed = !document.analyses.empty();
  fmt::format_to(std::back_inserter(out), "# newdoc id = {}\n", id);
  for (size_t s = 0; s < document.sentences.size(); ++s) {
    const Sentence& sentence = document.sentences[s];
    if (sentence.starts_paragraph) out += "# newpar\n";
    fmt::format_to(std::back_inserter(out), "# sent_id = {}-{}\n# text = {}\n", id, s + 1, TextOf(document, sentence));
    TokenIndex surface_end = sentence.begin;
    bool in_range = false;  // the words of a range have no SpaceAfter of their own
    for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
      const TokenIndex number = i - sentence.begin + 1;
      if (i >= surface_end) {
        const TokenIndex length = SurfaceLength(document, sentence, i);
        surface_end = i + length;
        in_range = length > 1;
        if (length > 1) {
          const base::Span span{document.tokens[i].span.begin, document.tokens[surface_end - 1].span.end};
          fmt::format_to(std::back_inserter(out), "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{}\n", number, number + length - 1,
                         Field(span.In(document.text)),
                         document.tokens[surface_end - 1].space_after ? "_" : "SpaceAfter=No");
        }
      }
      const std::string_view misc = in_range || document.tokens[i].space_after ? "_" : "SpaceAfter=No";
      const std::string form = Field(document.Text(i));
      if (!analysed) {
        fmt::format_to(std::back_inserter(out), "{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{}\n", number, form, misc);
        continue;
      }
      const Analysis& word = document.analyses[i];
      const int32_t head = word.head < 0 ? 0 : word.head - static_cast<int32_t>(sentence.begin) + 1;
      fmt::format_to(std::back_inserter(out), "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t{}\n", number, form,
                     Field(word.lemma), Name(word.upos), Name(XposOf(word)), FormatFeatures(word.features), head,
                     Name(DeprelOf(word)), misc);
    }
    out += '\n';
  }
}

}  // namespace sitgraph::language
