// The syntax tree of a SPARQL 1.1 query or update, with the place of every part that an error may have to name.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/term.h"
#include "queries/sparql/builtins.h"

namespace sitgraph::queries::sparql {

// Line and column of a token's first character, from 1; columns count code points.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;
};

struct Pattern;
struct Query;

// A variable, a blank node of a pattern (which acts as a variable that no one can select; its name starts with "_:"),
// or a constant.
struct Node {
  bool is_variable = false;
  std::string name;  // of a variable, without its sign
  graph::Term term;  // of a constant
  Position at;

  bool is_blank() const { return is_variable && name.starts_with("_:"); }
};

// A property path (SPARQL 1.1, section 9).
struct Path {
  enum class Kind : uint8_t {
    kIri,
    kInverse,
    kSequence,
    kAlternative,
    kZeroOrMore,
    kOneOrMore,
    kZeroOrOne,
    kNegated,  // parts are kIri or kInverse of kIri
  };
  Kind kind = Kind::kIri;
  std::string iri;
  std::vector<Path> parts;
  Position at;
};

struct TriplePattern {
  Node subject;
  Node predicate;              // unless there is a path
  std::unique_ptr<Path> path;  // anything longer than a single IRI
  Node object;
};

struct Expression {
  enum class Kind : uint8_t {
    kConstant,
    kVariable,
    kOr,   // two or more arguments
    kAnd,  // two or more arguments
    kEqual,
    kNotEqual,
    kLess,
    kGreater,
    kLessOrEqual,
    kGreaterOrEqual,
    kIn,     // the first argument in the others
    kNotIn,  // the first argument in none of the others
    kAdd,
    kSubtract,
    kMultiply,
    kDivide,
    kNot,
    kNegate,
    kPlus,
    kBuiltin,   // `builtin` applied to the arguments
    kFunction,  // the function named by the IRI `term`
    kExists,
    kNotExists,
    kAggregate,  // `builtin` applied to at most one argument; none is COUNT(*)
  };
  Kind kind = Kind::kConstant;
  graph::Term term;
  std::string variable;
  Builtin builtin = Builtin::kStr;
  bool distinct = false;                 // of an aggregate or a function call
  std::optional<std::string> separator;  // of GROUP_CONCAT
  std::vector<std::unique_ptr<Expression>> arguments;
  std::unique_ptr<Pattern> pattern;  // of EXISTS
  uint32_t depth = 1;                // levels below and with this one
  Position at;
};

// Inline data: rows of terms, nullopt for UNDEF.
struct InlineData {
  std::vector<std::string> variables;
  std::vector<std::vector<std::optional<graph::Term>>> rows;
};

struct Pattern {
  enum class Kind : uint8_t {
    kTriples,    // a basic graph pattern; blank node labels are local to it
    kGroup,      // children, in the order written
    kOptional,   // children[0]
    kUnion,      // two or more children
    kMinus,      // children[0]
    kGraph,      // `name`, children[0]
    kService,    // `name`, children[0]
    kFilter,     // `expression`
    kBind,       // `expression` AS `variable`
    kValues,     // `data`
    kSubselect,  // `query`
  };
  Kind kind = Kind::kGroup;
  std::vector<TriplePattern> triples;
  std::vector<std::unique_ptr<Pattern>> children;
  Node name;
  bool silent = false;
  std::unique_ptr<Expression> expression;
  std::string variable;
  InlineData data;
  std::unique_ptr<Query> query;
  Position at;
};

struct SelectItem {
  std::string variable;
  std::unique_ptr<Expression> expression;  // null for a plain variable
  Position at;
};

struct GroupKey {
  std::unique_ptr<Expression> expression;
  std::string variable;  // empty where the expression has no name
};

struct OrderKey {
  std::unique_ptr<Expression> expression;
  bool descending = false;
};

struct Query {
  enum class Form : uint8_t { kSelect, kAsk, kConstruct, kDescribe };
  enum class Duplicates : uint8_t { kKeep, kDistinct, kReduced };
  Form form = Form::kSelect;
  Duplicates duplicates = Duplicates::kKeep;
  bool star = false;                          // SELECT * or DESCRIBE *
  std::vector<SelectItem> select;             // for `*`: the visible variables; for graphs: those needed
  std::vector<Node> describe;                 // DESCRIBE
  std::vector<TriplePattern> construct;       // CONSTRUCT template
  std::vector<std::string> from, from_named;  // IRIs
  bool has_dataset = false;
  std::unique_ptr<Pattern> where;  // a group; null for DESCRIBE without WHERE
  std::vector<GroupKey> group_by;
  std::vector<std::unique_ptr<Expression>> having;
  std::vector<OrderKey> order_by;
  std::optional<uint64_t> limit;
  uint64_t offset = 0;
  std::optional<InlineData> values;
  bool aggregated = false;  // GROUP BY, HAVING or an aggregate in SELECT or ORDER BY
  Position at;

  std::string base_iri;  // in force at the query's end; for IRI()
  // Of the whole query only: the prefixes declared in it or used without declaration, for abbreviating results.
  std::vector<std::pair<std::string, std::string>> prefixes;
  // Prefixed names and IRIs as written, with their places, for checking against the vocabulary.
  struct Mention {
    std::string iri;
    Position at;
  };
  std::vector<Mention> mentions;
};

// Triples of one graph within a template or data of an update; no name: the default graph, or that of WITH.
struct QuadBlock {
  std::optional<Node> graph;
  std::vector<TriplePattern> triples;
};

// Which graphs CLEAR, DROP and their like mean.
struct GraphTarget {
  enum class Kind : uint8_t { kGraph, kDefault, kNamed, kAll };
  Kind kind = Kind::kDefault;
  std::string iri;  // of kGraph
};

// One operation of a SPARQL 1.1 Update request.
struct UpdateOperation {
  enum class Kind : uint8_t {
    kModify,  // INSERT DATA, DELETE DATA, DELETE WHERE and DELETE/INSERT ... WHERE
    kLoad,    // `source` into `target`
    kClear,
    kDrop,
    kCreate,
    kAdd,  // `from` to `target`
    kMove,
    kCopy,
  };
  Kind kind = Kind::kModify;
  std::vector<QuadBlock> removed, added;
  std::unique_ptr<Query> where;     // selects what the templates need; null: one solution without values
  std::optional<std::string> with;  // an IRI
  bool silent = false;
  std::string source;
  GraphTarget from, target;
  Position at;
};

struct Update {
  std::vector<UpdateOperation> operations;
  std::vector<Query::Mention> mentions;
};

}  // namespace sitgraph::queries::sparql
