// The closed word classes of English: prepositions, pronouns, determiners, conjunctions, common adverbs.
#include <unordered_map>

#include "src/extract/sentence.h"

namespace sitgraph::extract {
namespace {

struct ClassList {
  WordClass cls;
  std::string_view words;  // separated by single blanks
};

constexpr ClassList kLists[] = {
    {WordClass::kPreposition,
     "about above across against along amid amidst among amongst around at behind below beneath beside besides between "
     "beyond by concerning despite during except following for from in including inside into like near of off on onto "
     "opposite outside over past per regarding through throughout toward towards under underneath until till upon via "
     "with within without excluding versus alongside atop aboard unlike notwithstanding"},
    {WordClass::kPronoun,
     "i you he she it we they me him us them himself herself itself themselves ourselves myself yourself everyone "
     "everybody someone somebody anyone anybody nobody everything something anything nothing there here mine theirs "
     "hers "
     "ours yours"},
    {WordClass::kDeterminer,
     "the a an this that these those all both each every some any no another either neither such much many few several "
     "most more other what whose certain half various own same enough less fewer"},
    {WordClass::kPossessive, "his their its our my your her"},
    {WordClass::kConjunction, "and or but nor & yet"},
    {WordClass::kSubordinator,
     "because while although though if unless whereas since when whenever once as after before so than whether lest "
     "until wherever"},
    {WordClass::kRelative, "who which whom where"},
    {WordClass::kModal, "may might can could will would shall should must ought 'll 'd wo ca"},
    {WordClass::kAuxiliary,
     "be am is are was were been being have has had having do does did 're 've 'm isnt arent wasnt werent didnt "
     "doesnt dont hasnt havent hadnt couldnt wouldnt"},
    {WordClass::kNegation, "not n't never nt"},
    {WordClass::kAdverb,
     "also then now still just only even again already ever often soon later earlier ago yet too very quite rather "
     "almost "
     "nearly away back together however therefore thus moreover meanwhile further furthermore instead otherwise hence "
     "once twice forward ahead abroad elsewhere everywhere somewhere nowhere perhaps maybe indeed well far long hard "
     "fast "
     "up down out meantime afterwards thereafter likewise else formerly alone apart aside nonetheless nevertheless "
     "overnight underway why how less least mostly partly sometimes seldom always altogether home northwards "
     "southwards "
     "eastwards westwards onwards inland besides"},
};

std::unordered_map<std::string_view, WordClass> BuildTable() {
  std::unordered_map<std::string_view, WordClass> table;
  for (const ClassList& list : kLists) {
    std::string_view rest = list.words;
    while (!rest.empty()) {
      const size_t blank = rest.find(' ');
      table.emplace(rest.substr(0, blank), list.cls);
      rest = blank == std::string_view::npos ? std::string_view() : rest.substr(blank + 1);
    }
  }
  return table;
}

}  // namespace

WordClass ClosedClass(std::string_view lower) {
  static const std::unordered_map<std::string_view, WordClass> table = BuildTable();
  const auto found = table.find(lower);
  return found == table.end() ? WordClass::kNominal : found->second;
}

}  // namespace sitgraph::extract
