// The recursive-descent parser's class, shared by the files that implement it; included by no other file.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "queries/sparql/ast.h"
#include "queries/sparql/lexer.h"
#include "queries/sparql/parser.h"

namespace sitgraph::queries::sparql {

// The first error stays and puts the parser at the end of the tokens, where nothing matches any more: every loop ends
// and no call needs to check.
class Parser {
 public:
  Parser(std::vector<Token> tokens, const ParseOptions& options);
  base::Result<std::unique_ptr<Query>> Run();
  base::Result<Update> RunUpdate();

 private:
  // Counts nesting while it lives; fails over the limit.
  class Deeper {
   public:
    explicit Deeper(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > parser_.options_.max_depth) parser_.FailDepth();
    }
    ~Deeper() { --parser_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    Parser& parser_;
  };

  // Tokens.
  const Token& current() const { return tokens_[index_]; }
  const Token& Ahead(size_t count) const { return tokens_[std::min(index_ + count, tokens_.size() - 1)]; }
  Token Take();
  bool IsSymbol(std::string_view symbol) const;
  bool IsWord(std::string_view word) const;  // in any case
  bool AcceptSymbol(std::string_view symbol);
  bool AcceptWord(std::string_view word);
  void ExpectSymbol(std::string_view symbol, std::string_view where);
  void ExpectWord(std::string_view word, std::string_view where);

  // Errors.
  void FailAt(Position at, std::string message, std::string hint = {},
              base::ErrorCode code = base::ErrorCode::kBadInput);
  // "expected ..., found ..."; where a word was found, a near one of `keywords` is suggested.
  void FailExpected(std::string_view what, std::initializer_list<std::string_view> keywords = {});
  void FailDepth();

  // Query forms (parser.cc).
  void ParsePrologue();
  void ParseSelectQuery(Query& query, bool is_subselect);
  void ParseSelectClause(Query& query);
  void ParseAsk(Query& query);
  void ParseConstruct(Query& query);
  void ParseDescribe(Query& query);
  void ParseDatasetClauses(Query& query);
  void ParseWhere(Query& query, bool keyword_required);
  void ParseModifiers(Query& query);
  void ParseGroupBy(Query& query);
  void ParseOrderBy(Query& query);
  void ParseLimits(Query& query);
  void ParseTrailingValues(Query& query);
  uint64_t ParseCount(std::string_view keyword);

  // Updates (parser_update.cc).
  enum class QuadKind : uint8_t { kInsertData, kDeleteData, kDeleteWhere, kDeleteTemplate, kInsertTemplate };
  UpdateOperation ParseOperation();
  void ParseManagement(UpdateOperation& operation);
  void ParseInsertOrDelete(UpdateOperation& operation);
  void ParseModify(UpdateOperation& operation);
  void ParseDeleteWhere(UpdateOperation& operation);
  std::vector<QuadBlock> ParseQuads(QuadKind kind);
  void CheckQuads(const std::vector<QuadBlock>& blocks, QuadKind kind);
  GraphTarget ParseGraphTarget(bool several, bool bare_iri);
  void FinishWhere(UpdateOperation& operation);

  // Graph patterns (parser_patterns.cc).
  std::unique_ptr<Pattern> ParseGroup();
  std::unique_ptr<Pattern> ParseGroupBody();
  std::unique_ptr<Pattern> ParseGroupOrUnion();
  std::unique_ptr<Pattern> ParseElement();
  void ParseBind(Pattern& bind);
  void ParseNamed(Pattern& pattern);
  InlineData ParseInlineData();
  std::optional<graph::Term> ParseDataValue();
  std::unique_ptr<Pattern> NewPattern(Pattern::Kind kind) const;

  // Triples (parser_patterns.cc).
  void ParseTriplesBlock(std::vector<TriplePattern>& out, bool paths);
  void ParseTriplesSameSubject(std::vector<TriplePattern>& out, bool paths);
  void ParsePropertyList(const Node& subject, std::vector<TriplePattern>& out, bool paths, bool required);
  void ParseObjectList(const Node& subject, const Node& predicate, const Path* path, std::vector<TriplePattern>& out,
                       bool paths);
  Node ParseGraphNode(std::vector<TriplePattern>& out, bool paths);
  Node ParseBracketed(std::vector<TriplePattern>& out, bool paths);
  Node ParseCollection(std::vector<TriplePattern>& out, bool paths);
  bool AtTriplesStart() const;
  bool AtVerb() const;

  // Paths (parser_patterns.cc).
  Path ParsePath();
  Path ParsePathSequence();
  Path ParsePathElement();
  Path ParseNegatedSet();
  Path ParseNegatedMember();

  // Terms (parser_terms.cc).
  Node ParseVariableOrTerm();
  Node ParseVariable(std::string_view where);
  Node ParseVariableOrIri(std::string_view where);
  std::string ParseIri(std::string_view where);
  bool AtIri() const;
  bool AtLiteral() const;
  graph::Term ParseLiteral();
  std::string ExpandPrefixed(const Token& token);
  Node BlankLabel(const std::string& label, Position at);
  Node FreshBlank(Position at);
  Node Constant(graph::Term term, Position at) const;
  void StartBgp() { bgp_ = ++bgps_; }

  // Expressions (parser_expressions.cc).
  std::unique_ptr<Expression> ParseExpression();
  std::unique_ptr<Expression> ParseAnd();
  std::unique_ptr<Expression> ParseRelational();
  std::unique_ptr<Expression> ParseAdditive();
  std::unique_ptr<Expression> ParseMultiplicative();
  std::unique_ptr<Expression> ParseUnary();
  std::unique_ptr<Expression> ParsePrimary();
  std::unique_ptr<Expression> ParseBracketedExpression();
  std::unique_ptr<Expression> ParseConstraint(std::string_view where);
  std::unique_ptr<Expression> ParseBuiltinCall();
  std::unique_ptr<Expression> ParseExists(bool negated);
  std::unique_ptr<Expression> ParseIriOrFunction();
  void ParseAggregateArguments(Expression& call);
  void ParseArguments(Expression& call);
  std::unique_ptr<Expression> NewExpression(Expression::Kind kind, Position at) const;
  void AddArgument(Expression& parent, std::unique_ptr<Expression> argument);
  bool AtConstraint() const;

  ParseOptions options_;
  std::vector<Token> tokens_;
  size_t index_ = 0;
  uint32_t depth_ = 0;
  bool failed_ = false;
  base::Error error_;

  std::string base_iri_;
  std::map<std::string, std::string, std::less<>> prefixes_;
  std::map<std::string, std::string, std::less<>> used_prefixes_;
  std::vector<Query::Mention> mentions_;
  uint32_t bgp_ = 0;   // number of the basic graph pattern being read
  uint32_t bgps_ = 0;  // the highest number given
  std::map<std::string, uint32_t, std::less<>> blank_scopes_;
  uint32_t fresh_blanks_ = 0;
};

}  // namespace sitgraph::queries::sparql
