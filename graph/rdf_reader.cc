// Reading RDF with serd; the only file here that knows it.
#include "graph/rdf_reader.h"

#include <fmt/format.h>
#include <serd/serd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "graph/iri.h"
#include "graph/keys.h"
#include "graph/ntriples_line.h"
#include "graph/rdf_source.h"
#include "graph/rdf_xml.h"
#include "graph/vocabulary.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

constexpr size_t kMaxLineBytes = 4 * kMaxRdfTokenBytes;  // four terms
constexpr size_t kMaxSkippedKept = 1000;
constexpr size_t kMaxPrefixes = 100'000;

std::string_view ViewOf(const SerdNode& node) { return {reinterpret_cast<const char*>(node.buf), node.n_bytes}; }
bool IsPresent(const SerdNode* node) { return node != nullptr && node->buf != nullptr; }

SerdSyntax ToSerd(RdfSyntax syntax) {
  switch (syntax) {
    case RdfSyntax::kNTriples:  // serd's own would give a triple before it has seen the dot
    case RdfSyntax::kNQuads:
      return SERD_NQUADS;
    case RdfSyntax::kTurtle:
      return SERD_TURTLE;
    case RdfSyntax::kRdfXml:  // read elsewhere
    case RdfSyntax::kTriG:
      break;
  }
  return SERD_TRIG;
}

bool IsLineBased(RdfSyntax syntax) { return syntax == RdfSyntax::kNTriples || syntax == RdfSyntax::kNQuads; }

std::string WithoutGz(std::string path) {
  constexpr size_t kSuffix = 3;
  if (path.size() > kSuffix &&
      base::EqualsIgnoringAsciiCase(std::string_view(path).substr(path.size() - kSuffix), ".gz")) {
    path.resize(path.size() - kSuffix);
  }
  return path;
}

// The path as it was given, without "./", "x/../" and ".gz": the same from call to call and from machine to machine.
std::string NormalName(const std::string& path) {
  return WithoutGz(std::filesystem::path(path).lexically_normal().generic_string());
}

std::string FileIri(std::string_view name) {
  while (name.substr(0, 3) == "../") name.remove_prefix(3);
  std::string iri = name.substr(0, 1) == "/" ? "file://" : "file:///";
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      iri += c;
    } else {
      iri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return iri;
}

std::string LabelPrefix(const std::string& path) { return fmt::format("f{:016x}", base::Hash64(NormalName(path))); }

std::string BaseOf(const std::string& path, const RdfReadOptions& options) {
  return options.base_iri.empty() ? FileIri(NormalName(path)) : options.base_iri;
}

struct FreeReader {
  void operator()(SerdReader* reader) const { serd_reader_free(reader); }
};

// One file being read. serd calls back into it; nothing may throw through serd, so running out of memory there ends the
// process.
class Reading {
 public:
  Reading(const std::string& path, const RdfReadOptions& options, const std::function<base::Status(const Quad&)>& visit)
      : path_(path), options_(options), visit_(visit), label_prefix_(LabelPrefix(path)), base_(BaseOf(path, options)) {
    Restart();
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  base::Status ReadLines(std::unique_ptr<base::ByteReader> bytes);
  base::Status ReadDocument(std::unique_ptr<base::ByteReader> bytes);
  RdfReadSummary Take() { return std::move(summary_); }

 private:
  void Restart();
  base::Status ReadLine(const std::string& line);
  base::Status CheckLine(const std::string& line) const;
  bool Visit();                            // hands the quad on; false where that ends the reading
  base::Status Settle(SerdStatus status);  // what the parser's return and the callbacks' findings come to
  base::Status Skip(base::Error error);    // remembers it, or gives it back where errors are not skipped
  base::Place Here() const;
  SerdStatus Reject(ErrorCode code, std::string message, std::string hint = {});

  bool ToIri(const SerdNode& node, std::string& iri);
  bool ToTerm(const SerdNode* node, Term& term);
  bool ToLiteral(const SerdNode& value, const SerdNode* datatype, const SerdNode* language, Term& term);
  bool ToLabel(std::string_view label, std::string& unique);

  static SerdStatus OnBase(void* self, const SerdNode* iri) noexcept;
  static SerdStatus OnPrefix(void* self, const SerdNode* name, const SerdNode* iri) noexcept;
  static SerdStatus OnStatement(void* self, SerdStatementFlags flags, const SerdNode* graph, const SerdNode* subject,
                                const SerdNode* predicate, const SerdNode* object, const SerdNode* datatype,
                                const SerdNode* language) noexcept;
  static SerdStatus OnError(void* self, const SerdError* error) noexcept;

  const std::string& path_;
  const RdfReadOptions& options_;
  const std::function<base::Status(const Quad&)>& visit_;
  const std::string label_prefix_;
  RdfReadSummary summary_;
  std::unique_ptr<SerdReader, FreeReader> reader_;

  std::string base_;
  std::map<std::string, std::string, std::less<>> prefixes_;
  Quad quad_;

  std::unique_ptr<RdfSource> source_;  // Turtle and TriG
  const std::string* line_ = nullptr;  // N-Triples and N-Quads
  std::string escaped_line_;
  uint32_t line_number_ = 0;

  // The parser counts its own blank nodes from 1 each time it starts.
  uint64_t made_before_ = 0, made_now_ = 0;

  std::optional<base::Error> error_;        // the first in the statement being read
  std::optional<base::Error> visit_error_;  // ends the reading
};

void Reading::Restart() {
  reader_.reset(serd_reader_new(ToSerd(options_.syntax), this, nullptr, OnBase, OnPrefix, OnStatement, nullptr));
  serd_reader_set_strict(reader_.get(), true);
  serd_reader_set_error_sink(reader_.get(), OnError, this);
  made_before_ += std::exchange(made_now_, 0);
}

base::Place Reading::Here() const {
  if (source_) return source_->place();
  return {path_, line_number_, 0};
}

SerdStatus Reading::Reject(ErrorCode code, std::string message, std::string hint) {
  if (!error_) error_ = base::Error{code, std::move(message), Here(), std::move(hint)};
  return SERD_ERR_BAD_SYNTAX;
}

base::Status Reading::Skip(base::Error error) {
  if (!options_.skip_errors) return base::Fail(std::move(error));
  ++summary_.skipped_total;
  if (summary_.skipped.size() < kMaxSkippedKept) summary_.skipped.push_back(std::move(error));
  return {};
}

base::Status Reading::Settle(SerdStatus status) {
  if (visit_error_) return base::Fail(*visit_error_);
  // What is wrong with the bytes explains what the parser makes of their end.
  if (source_ && source_->error()) error_ = source_->error();
  const bool is_bad = source_ ? status > SERD_FAILURE : status != SERD_SUCCESS;  // an empty document fails mildly
  if (!error_ && is_bad) {
    error_ = base::Error{
        ErrorCode::kBadInput, status <= SERD_ERR_BAD_SYNTAX ? "invalid syntax" : "the parser failed", Here(), {}};
  }
  if (!error_) return {};
  return base::Fail(*std::exchange(error_, std::nullopt));
}

// ---- N-Triples, N-Quads
// ------------------------------------------------------------------------------------------------

base::Status Reading::ReadLines(std::unique_ptr<base::ByteReader> bytes) {
  base::LineReader lines(std::move(bytes), kMaxLineBytes);
  while (true) {
    const base::Result<const std::string*> line = lines.Next();
    line_number_ = static_cast<uint32_t>(std::min<uint64_t>(lines.line_number(), UINT32_MAX));
    base::Status status;
    if (!line) {
      status = base::Fail(line.error());
      status.error().place = {path_, line_number_, 0};
      if (line.error().code != ErrorCode::kTooLarge) return status;
    } else if (*line == nullptr) {
      return {};
    } else {
      status = ReadLine(**line);
    }
    if (status) {
      // The parser keeps subject and predicate of each N-Quads statement until it goes.
      constexpr uint64_t kLinesPerParser = 4096;
      if (lines.line_number() % kLinesPerParser == 0) Restart();
      continue;
    }
    if (visit_error_) return status;
    if (base::Status skipped = Skip(std::move(status.error())); !skipped) return skipped;
    Restart();  // the parser keeps what it has read of a bad statement
  }
}

base::Status Reading::ReadLine(const std::string& line) {
  const size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos || line[first] == '#') return {};
  if (!base::FindInvalidUtf8(line) &&
      ReadPlainLine(line, label_prefix_, options_.syntax == RdfSyntax::kNQuads, quad_)) {
    return Visit() ? base::Status() : base::Fail(*visit_error_);
  }
  if (base::Status status = CheckLine(line); !status) return status;
  line_ = &line;
  if (line.find('\0') != std::string::npos) {
    escaped_line_.clear();
    for (const char c : line) {
      if (c == '\0') {
        escaped_line_ += kZeroEscape;
      } else {
        escaped_line_ += c;
      }
    }
    line_ = &escaped_line_;
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const bool marked = line_number_ == 1 && std::string_view(line).substr(0, 3) == kByteOrderMark;
  const char* text = line_->c_str() + (marked ? kByteOrderMark.size() : 0);
  return Settle(serd_reader_read_string(reader_.get(), reinterpret_cast<const uint8_t*>(text)));
}

// What serd lets pass or stumbles over: invalid UTF-8, zero bytes, escapes for what is no character.
base::Status Reading::CheckLine(const std::string& line) const {
  const auto fail = [&](size_t offset, std::string message, std::string hint = {}) {
    const auto column = base::CountCodePoints(std::string_view(line).substr(0, offset)) + 1;
    return base::Fail(ErrorCode::kBadInput, std::move(message), {path_, line_number_, static_cast<uint32_t>(column)},
                      std::move(hint));
  };
  if (const auto invalid = base::FindInvalidUtf8(line))
    return fail(*invalid, "invalid UTF-8", "convert the file to UTF-8");
  constexpr std::string_view kSpecial("\\\0", 2);
  if (line.find_first_of(kSpecial) == std::string::npos) return {};

  EscapeChecker escape;
  bool in_iri = false, in_string = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '\0' && !in_string) return fail(i, "a zero byte");
    if (escape.active()) {
      if (auto message = escape.Take(c, in_iri)) return fail(i, std::move(*message));
    } else if (c == '\\' && i + 1 < line.size()) {
      ++i;
      if (line[i] == 'u' || line[i] == 'U') escape.Begin(line[i]);
    } else if (c == '"' && !in_iri) {
      in_string = !in_string;
    } else if (!in_string) {
      if (c == '#' && !in_iri) break;
      in_iri = c == '<' || (in_iri && c != '>');
    }
  }
  return {};
}

// ---- Turtle, TriG
// --------------------------------------------------------------------------------------------------------

size_t ReadByte(void* buffer, size_t, size_t, void* source) noexcept {
  const int byte = static_cast<RdfSource*>(source)->Next();
  if (byte < 0) return 0;
  *static_cast<uint8_t*>(buffer) = static_cast<uint8_t>(byte);
  return 1;
}
int HasNoError(void*) noexcept { return 0; }  // RdfSource keeps its errors itself

base::Status Reading::ReadDocument(std::unique_ptr<base::ByteReader> bytes) {
  source_ = std::make_unique<RdfSource>(std::move(bytes), path_);
  do {
    // Pages of one byte: then place() is where the parser looks.
    const SerdStatus parsed = serd_reader_read_source(reader_.get(), ReadByte, HasNoError, source_.get(), nullptr, 1);
    base::Status status = Settle(parsed);
    if (status) return status;
    if (visit_error_ || source_->is_broken()) return status;
    if (base::Status skipped = Skip(std::move(status.error())); !skipped) return skipped;
    Restart();
  } while (source_->SkipStatement());
  if (source_->is_broken()) return base::Fail(*source_->error());
  return {};
}

bool Reading::Visit() {
  if (base::Status status = visit_(quad_); !status) {
    if (status.error().place.file.empty()) status.error().place = Here();
    visit_error_ = std::move(status.error());
    return false;
  }
  ++summary_.quads;
  return true;
}

// ---- From the parser's nodes to terms
// --------------------------------------------------------------------------------------

bool Reading::ToIri(const SerdNode& node, std::string& iri) {
  const std::string_view text = ViewOf(node);
  if (node.type == SERD_CURIE) {
    if (IsLineBased(options_.syntax)) {
      Reject(ErrorCode::kBadInput, "a prefixed name, which N-Triples and N-Quads do not have");
      return false;
    }
    const size_t colon = text.find(':');
    const auto prefix = prefixes_.find(text.substr(0, colon));
    if (prefix == prefixes_.end()) {
      Reject(ErrorCode::kBadInput, fmt::format("the prefix '{}:' is not declared", text.substr(0, colon)),
             "add an @prefix line for it");
      return false;
    }
    iri = prefix->second;
    iri += text.substr(colon + 1);
  } else {
    iri = IsLineBased(options_.syntax) ? std::string(text) : ResolveIri(base_, text);
  }
  if (iri.size() > kMaxIriBytes) {
    Reject(ErrorCode::kTooLarge, fmt::format("an IRI of {} bytes is over the limit of {}", iri.size(), kMaxIriBytes));
    return false;
  }
  return true;
}

bool Reading::ToLabel(std::string_view label, std::string& unique) {
  const bool is_marked = label.substr(0, 1) == std::string_view(&kLabelMark, 1);
  if (IsLineBased(options_.syntax) || is_marked) {
    if (!IsLineBased(options_.syntax)) label.remove_prefix(1);
    if (label.empty() || label[0] == '-') {
      Reject(ErrorCode::kBadInput, "a malformed blank node label");
      return false;
    }
    unique = fmt::format("{}_{}", label_prefix_, label);
  } else {
    // The parser's own: 'b' and a number.
    uint64_t number = 0;
    std::from_chars(label.data() + 1, label.data() + label.size(), number);
    made_now_ = std::max(made_now_, number);
    unique = fmt::format("{}-{}", label_prefix_, made_before_ + number);
  }
  if (unique.size() > kMaxIriBytes) {
    Reject(ErrorCode::kTooLarge, fmt::format("a blank node label over the limit of {} bytes", kMaxIriBytes));
    return false;
  }
  return true;
}

bool Reading::ToTerm(const SerdNode* node, Term& term) {
  if (node->type == SERD_BLANK) {
    std::string label;
    if (!ToLabel(ViewOf(*node), label)) return false;
    term = Term::Blank(std::move(label));
    return true;
  }
  std::string iri;
  if (!ToIri(*node, iri)) return false;
  term = Term::Iri(std::move(iri));
  return true;
}

bool Reading::ToLiteral(const SerdNode& value, const SerdNode* datatype, const SerdNode* language, Term& term) {
  std::string text(ViewOf(value));
  if (IsPresent(language)) {
    term = Term::LangString(std::move(text), std::string(ViewOf(*language)));
    if (const base::Status valid = ValidateTerm(term); !valid) {
      Reject(valid.error().code, valid.error().message);
      return false;
    }
    return true;
  }
  std::string iri;
  if (IsPresent(datatype) && !ToIri(*datatype, iri)) return false;
  term = Term::Typed(std::move(text), std::move(iri));
  return true;
}

// ---- Callbacks
// -----------------------------------------------------------------------------------------------------------

SerdStatus Reading::OnBase(void* self, const SerdNode* iri) noexcept {
  auto& reading = *static_cast<Reading*>(self);
  return reading.ToIri(*iri, reading.base_) ? SERD_SUCCESS : SERD_ERR_BAD_SYNTAX;
}

SerdStatus Reading::OnPrefix(void* self, const SerdNode* name, const SerdNode* iri) noexcept {
  auto& reading = *static_cast<Reading*>(self);
  if (reading.prefixes_.size() >= kMaxPrefixes) {
    return reading.Reject(ErrorCode::kTooLarge, fmt::format("more than {} prefixes", kMaxPrefixes));
  }
  std::string resolved;
  if (!reading.ToIri(*iri, resolved)) return SERD_ERR_BAD_SYNTAX;
  reading.prefixes_.insert_or_assign(std::string(ViewOf(*name)), std::move(resolved));
  return SERD_SUCCESS;
}

SerdStatus Reading::OnStatement(void* self, SerdStatementFlags, const SerdNode* graph, const SerdNode* subject,
                                const SerdNode* predicate, const SerdNode* object, const SerdNode* datatype,
                                const SerdNode* language) noexcept {
  auto& reading = *static_cast<Reading*>(self);
  // serd reports some errors and goes on.
  if (reading.error_ || (reading.source_ && reading.source_->error())) return SERD_ERR_BAD_SYNTAX;
  if (IsPresent(graph) && reading.options_.syntax == RdfSyntax::kNTriples) {
    return reading.Reject(ErrorCode::kBadInput, "a fourth term, which N-Triples do not have",
                          "if these are N-Quads, name the file .nq");
  }
  Quad& quad = reading.quad_;
  quad.graph = Term();
  const bool is_read = (!IsPresent(graph) || reading.ToTerm(graph, quad.graph)) &&
                       reading.ToTerm(subject, quad.subject) && reading.ToTerm(predicate, quad.predicate) &&
                       (object->type == SERD_LITERAL ? reading.ToLiteral(*object, datatype, language, quad.object)
                                                     : reading.ToTerm(object, quad.object));
  if (!is_read) return SERD_ERR_BAD_SYNTAX;
  return reading.Visit() ? SERD_SUCCESS : SERD_ERR_UNKNOWN;
}

SerdStatus Reading::OnError(void* self, const SerdError* error) noexcept {
  auto& reading = *static_cast<Reading*>(self);
  if (reading.error_ || reading.visit_error_) return SERD_SUCCESS;  // follows from what is known
  std::array<char, 256> buffer{};
  va_list arguments;
  va_copy(arguments, *error->args);
  const int length = std::vsnprintf(buffer.data(), buffer.size(), error->fmt, arguments);
  va_end(arguments);
  std::string message(buffer.data(), length < 0 ? 0 : std::min<size_t>(static_cast<size_t>(length), buffer.size() - 1));
  while (!message.empty() && message.back() == '\n') message.pop_back();
  // Where serd speaks of a character, it may be a byte of one, or the end of the text.
  if (base::FindInvalidUtf8(message)) message = "unexpected character";
  std::replace(message.begin(), message.end(), '`', '\'');
  if (reading.source_ && reading.source_->at_end()) message = "the file ends within a statement";
  base::Place place = reading.Here();
  if (!reading.source_ && reading.line_ != nullptr && error->col > 0) {
    const size_t offset = std::min<size_t>(error->col - 1, reading.line_->size());
    if (offset == reading.line_->size()) message = "the line ends within a statement";
    const std::string_view before = std::string_view(*reading.line_).substr(0, offset);
    place.column = static_cast<uint32_t>(base::CountCodePoints(before) + 1);
  }
  reading.error_ = base::Error{ErrorCode::kBadInput, std::move(message), std::move(place), {}};
  return SERD_SUCCESS;
}

}  // namespace

std::optional<RdfSyntax> SyntaxOf(const std::string& path) {
  const std::string extension = std::filesystem::path(WithoutGz(path)).extension().string();
  constexpr std::array<std::pair<std::string_view, RdfSyntax>, 6> kExtensions = {{{".nt", RdfSyntax::kNTriples},
                                                                                  {".rdf", RdfSyntax::kRdfXml},
                                                                                  {".owl", RdfSyntax::kRdfXml},
                                                                                  {".nq", RdfSyntax::kNQuads},
                                                                                  {".ttl", RdfSyntax::kTurtle},
                                                                                  {".trig", RdfSyntax::kTriG}}};
  for (const auto& [known, syntax] : kExtensions) {
    if (base::EqualsIgnoringAsciiCase(extension, known)) return syntax;
  }
  return std::nullopt;
}

base::Result<RdfReadSummary> ReadRdf(const std::string& path, const RdfReadOptions& options,
                                     const std::function<base::Status(const Quad&)>& visit) {
  auto bytes = base::OpenReader(path);
  if (!bytes) return base::Fail(std::move(bytes.error()));
  if (options.syntax == RdfSyntax::kRdfXml) {
    return ReadRdfXml(std::move(*bytes), path, BaseOf(path, options), LabelPrefix(path), options.skip_errors, visit);
  }
  Reading reading(path, options, visit);
  const base::Status status =
      IsLineBased(options.syntax) ? reading.ReadLines(std::move(*bytes)) : reading.ReadDocument(std::move(*bytes));
  if (!status) return base::Fail(status.error());
  return reading.Take();
}

}  // namespace sitgraph::graph
