// Repairs of trees: each case gives a parser's likely mistake and the tree that must come out; right trees stay.
#include "src/language/repairs.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "src/language/tagset.h"

namespace sitgraph::language {
namespace {

struct Row {
  const char* form;
  const char* upos;
  const char* xpos;
  int head;  // from 1; 0: root
  const char* deprel;
};

// "head/deprel" of each row after the repairs, with heads from 1.
std::vector<std::string> Repaired(const std::vector<Row>& rows) {
  std::vector<std::string_view> forms;
  std::vector<TagId> tags;
  std::vector<Tag> tag_list;
  std::vector<int32_t> heads;
  std::vector<uint8_t> labels;
  for (const Row& row : rows) {
    forms.emplace_back(row.form);
    tags.push_back(static_cast<TagId>(tag_list.size()));
    tag_list.push_back({*ParseUpos(row.upos), *ParseXpos(row.xpos)});
    heads.push_back(row.head - 1);
    labels.push_back(static_cast<uint8_t>(*ParseDeprel(row.deprel)));
  }
  RepairTree({forms, tags, tag_list, heads, labels});
  std::vector<std::string> out;
  for (size_t i = 0; i < rows.size(); ++i) {
    // Still a tree.
    size_t steps = 0;
    for (int32_t up = static_cast<int32_t>(i); up >= 0; up = heads[static_cast<size_t>(up)]) {
      REQUIRE(++steps <= rows.size());
    }
    out.push_back(std::to_string(heads[i] + 1) + "/" + std::string(Name(static_cast<Deprel>(labels[i]))));
  }
  return out;
}

std::vector<std::string> AsGiven(const std::vector<Row>& rows) {
  std::vector<std::string> out;
  for (const Row& row : rows) out.push_back(std::to_string(row.head) + "/" + row.deprel);
  return out;
}

TEST_CASE("Ranks and names become one unit with one way out") {
  const auto tree = Repaired({{"The", "DET", "DT", 2, "det"},
                              {"envoy", "NOUN", "NN", 7, "nsubj"},
                              {",", "PUNCT", ",", 4, "punct"},
                              {"Col.", "PROPN", "NNP", 2, "appos"},
                              {"Gen.", "PROPN", "NNP", 2, "conj"},
                              {"Pavel", "PROPN", "NNP", 5, "flat"},
                              {"Orlov", "PROPN", "NNP", 0, "root"},
                              {"left", "VERB", "VBD", 7, "acl"}});
  CHECK(tree[3] == "6/nmod:desc");
  CHECK(tree[4] == "6/nmod:desc");
  CHECK(tree[6] == "6/flat");
  CHECK(tree[5] == "0/root");
  CHECK(tree[1] == "6/nsubj");
}

TEST_CASE("A rank with a hyphen is a rank") {
  const auto tree = Repaired({{"Colonel", "PROPN", "NNP", 5, "nsubj"},
                              {"-", "PUNCT", "HYPH", 3, "punct"},
                              {"General", "PROPN", "NNP", 4, "nmod:desc"},
                              {"Pavel", "PROPN", "NNP", 1, "appos"},
                              {"spoke", "VERB", "VBD", 0, "root"}});
  CHECK(tree[0] == "4/nmod:desc");
  CHECK(tree[1] == "4/punct");
  CHECK(tree[3] == "5/nsubj");
}

TEST_CASE("The General Staff is no man, and a good tree stays as it is") {
  const std::vector<std::vector<Row>> trees = {{{"The", "DET", "DT", 3, "det"},
                                                {"General", "PROPN", "NNP", 3, "compound"},
                                                {"Staff", "PROPN", "NNP", 4, "nsubj"},
                                                {"agreed", "VERB", "VBD", 0, "root"}},
                                               {{"President", "PROPN", "NNP", 2, "nmod:desc"},
                                                {"Anna", "PROPN", "NNP", 4, "nsubj"},
                                                {"Kovac", "PROPN", "NNP", 2, "flat"},
                                                {"left", "VERB", "VBD", 0, "root"},
                                                {"Monday", "PROPN", "NNP", 4, "obl:unmarked"}},
                                               {{"five", "NUM", "CD", 2, "nummod"},
                                                {"tanks", "NOUN", "NNS", 0, "root"},
                                                {",", "PUNCT", ",", 5, "punct"},
                                                {"two", "NUM", "CD", 5, "nummod"},
                                                {"guns", "NOUN", "NNS", 2, "conj"},
                                                {"and", "CCONJ", "CC", 8, "cc"},
                                                {"ten", "NUM", "CD", 8, "nummod"},
                                                {"mines", "NOUN", "NNS", 2, "conj"}}};
  for (const auto& rows : trees) CHECK(Repaired(rows) == AsGiven(rows));
}

TEST_CASE("A number counts the plural noun at the end of a compound") {
  const auto tree = Repaired({{"Five", "NUM", "CD", 2, "nummod"},
                              {"infantry", "NOUN", "NN", 3, "compound"},
                              {"vehicles", "NOUN", "NNS", 4, "nsubj"},
                              {"burned", "VERB", "VBD", 0, "root"}});
  CHECK(tree[0] == "3/nummod");
  const auto day = Repaired(
      {{"two", "NUM", "CD", 2, "nummod"}, {"day", "NOUN", "NN", 3, "compound"}, {"trip", "NOUN", "NN", 0, "root"}});
  CHECK(day[0] == "2/nummod");
}

TEST_CASE("Conjuncts hang under the first, lists within lists stay") {
  const auto flat = Repaired({{"Rebels", "NOUN", "NNS", 6, "nsubj"},
                              {",", "PUNCT", ",", 3, "punct"},
                              {"soldiers", "NOUN", "NNS", 1, "conj"},
                              {"and", "CCONJ", "CC", 5, "cc"},
                              {"medics", "NOUN", "NNS", 3, "conj"},
                              {"left", "VERB", "VBD", 0, "root"}});
  CHECK(flat[4] == "1/conj");
  const auto nested = Repaired({{"Rebels", "NOUN", "NNS", 6, "nsubj"},
                                {"and", "CCONJ", "CC", 3, "cc"},
                                {"soldiers", "NOUN", "NNS", 1, "conj"},
                                {"and", "CCONJ", "CC", 5, "cc"},
                                {"medics", "NOUN", "NNS", 3, "conj"},
                                {"left", "VERB", "VBD", 0, "root"}});
  CHECK(nested[4] == "3/conj");
}

TEST_CASE("Counted things in a row are conjuncts of the first") {
  const auto tree = Repaired({{"They", "PRON", "PRP", 2, "nsubj"},
                              {"lost", "VERB", "VBD", 0, "root"},
                              {"six", "NUM", "CD", 4, "nummod"},
                              {"tanks", "NOUN", "NNS", 2, "obj"},
                              {",", "PUNCT", ",", 7, "punct"},
                              {"40", "NUM", "CD", 7, "nummod"},
                              {"guns", "NOUN", "NNS", 4, "appos"},
                              {",", "PUNCT", ",", 10, "punct"},
                              {"nine", "NUM", "CD", 10, "nummod"},
                              {"boats", "NOUN", "NNS", 7, "list"},
                              {"and", "CCONJ", "CC", 13, "cc"},
                              {"two", "NUM", "CD", 13, "nummod"},
                              {"jets", "NOUN", "NNS", 10, "conj"}});
  CHECK(tree[3] == "2/obj");
  CHECK(tree[6] == "4/conj");
  CHECK(tree[9] == "4/conj");
  CHECK(tree[12] == "4/conj");
  CHECK(tree[10] == "13/cc");
  // "three pick-up trucks" are trucks, and what hangs under a conjunct moves up.
  const auto trucks = Repaired({{"Five", "NUM", "CD", 2, "nummod"},
                                {"tanks", "NOUN", "NNS", 0, "root"},
                                {",", "PUNCT", ",", 8, "punct"},
                                {"three", "NUM", "CD", 8, "nummod"},
                                {"pick", "NOUN", "NN", 8, "compound"},
                                {"-", "PUNCT", "HYPH", 5, "punct"},
                                {"up", "ADP", "RP", 5, "compound:prt"},
                                {"trucks", "NOUN", "NNS", 2, "conj"},
                                {"and", "CCONJ", "CC", 11, "cc"},
                                {"two", "NUM", "CD", 11, "nummod"},
                                {"guns", "NOUN", "NNS", 8, "conj"}});
  CHECK(trucks[7] == "2/conj");
  CHECK(trucks[10] == "2/conj");
}

TEST_CASE("What follows the source is the subject of its sentence") {
  const auto tree = Repaired({{"According", "VERB", "VBG", 3, "case"},
                              {"to", "ADP", "IN", 1, "fixed"},
                              {"Orlov", "PROPN", "NNP", 10, "obl"},
                              {",", "PUNCT", ",", 5, "punct"},
                              {"Tolva", "PROPN", "NNP", 3, "conj"},
                              {"and", "CCONJ", "CC", 7, "cc"},
                              {"Mirna", "PROPN", "NNP", 3, "conj"},
                              {"have", "AUX", "VBP", 10, "aux"},
                              {"been", "AUX", "VBN", 10, "aux:pass"},
                              {"taken", "VERB", "VBN", 0, "root"}});
  CHECK(tree[4] == "10/nsubj:pass");
  CHECK(tree[6] == "5/conj");
  CHECK(tree[2] == "10/obl");
}

TEST_CASE("What was said is a clause of the verb that says it") {
  const std::vector<Row> rows = {{"Tolva", "PROPN", "NNP", 2, "nsubj"},
                                 {"fell", "VERB", "VBD", 5, "advcl"},
                                 {",", "PUNCT", ",", 2, "punct"},
                                 {"he", "PRON", "PRP", 5, "nsubj"},
                                 {"added", "VERB", "VBD", 0, "root"}};
  CHECK(Repaired(rows)[1] == "5/ccomp");
  std::vector<Row> when = rows;
  when.insert(when.begin(), {"When", "ADV", "WRB", 3, "advmod"});
  for (size_t i = 1; i < when.size(); ++i) when[i].head += when[i].head > 0 ? 1 : 0;
  CHECK(Repaired(when)[2] == "6/advcl");
}

TEST_CASE("Lists go past what hangs under their members") {
  const auto tree = Repaired({{"six", "NUM", "CD", 2, "nummod"},
                              {"trucks", "NOUN", "NNS", 0, "root"},
                              {"carrying", "VERB", "VBG", 2, "acl"},
                              {"rockets", "NOUN", "NNS", 3, "obj"},
                              {",", "PUNCT", ",", 7, "punct"},
                              {"40", "NUM", "CD", 7, "nummod"},
                              {"guns", "NOUN", "NNS", 4, "appos"},
                              {"and", "CCONJ", "CC", 9, "cc"},
                              {"mortars", "NOUN", "NNS", 7, "conj"},
                              {",", "PUNCT", ",", 12, "punct"},
                              {"two", "NUM", "CD", 12, "nummod"},
                              {"jets", "NOUN", "NNS", 7, "conj"}});
  CHECK(tree[6] == "2/conj");
  CHECK(tree[8] == "7/conj");
  CHECK(tree[11] == "2/conj");
}

TEST_CASE("The source at a headline's end hangs beside the sentence") {
  const auto tree = Repaired({{"Army", "NOUN", "NN", 2, "nsubj"},
                              {"takes", "VERB", "VBZ", 0, "root"},
                              {"town", "NOUN", "NN", 2, "obj"},
                              {"\u2013", "PUNCT", "HYPH", 3, "punct"},
                              {"MoD", "PROPN", "NNP", 3, "appos"}});
  CHECK(tree[4] == "2/parataxis");
  CHECK(tree[3] == "5/punct");
}

TEST_CASE("A past tense under a noun, without a subject, is a participle") {
  const std::vector<std::string_view> forms = {"fighters", "killed", "in", "Homs", "fled"};
  const std::vector<Tag> tag_list = {{Upos::kNoun, Xpos::kNns},
                                     {Upos::kVerb, Xpos::kVbd},
                                     {Upos::kAdp, Xpos::kIn},
                                     {Upos::kPropn, Xpos::kNnp},
                                     {Upos::kVerb, Xpos::kVbn}};
  std::vector<TagId> tags = {0, 1, 2, 3, 1};
  std::vector<int32_t> heads = {4, 0, 3, 1, -1};
  std::vector<uint8_t> labels;
  for (const Deprel deprel : {Deprel::kNsubj, Deprel::kAcl, Deprel::kCase, Deprel::kObl, Deprel::kRoot}) {
    labels.push_back(static_cast<uint8_t>(deprel));
  }
  RepairTree({forms, tags, tag_list, heads, labels});
  CHECK(tags == std::vector<TagId>{0, 4, 2, 3, 1});
  // "the day they fled": with its own subject it stays.
  tags = {0, 0, 1};
  heads = {-1, 2, 0};
  labels = {static_cast<uint8_t>(Deprel::kRoot), static_cast<uint8_t>(Deprel::kNsubj),
            static_cast<uint8_t>(Deprel::kAcl)};
  RepairTree({std::span(forms).first(3), tags, tag_list, heads, labels});
  CHECK(tags == std::vector<TagId>{0, 0, 1});
}

}  // namespace
}  // namespace sitgraph::language
