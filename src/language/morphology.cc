// The feature lexicon and the rules over trees.
#include "src/language/morphology.h"

#include "src/language/features.h"
#include "src/language/hashing.h"

namespace sitgraph::language {

uint32_t Morphology::WordKey(const Word& word, TagId tag) { return FeatureKey(1, word.folded, tag); }
uint32_t Morphology::ShapeKey(const Word& word, TagId tag) { return FeatureKey(2, word.shape, tag); }
uint32_t Morphology::TagKey(TagId tag) { return FeatureKey(3, tag); }

Morphology::Morphology(std::vector<uint64_t> sets, const std::vector<NumberTable::Entry>& entries)
    : sets_(std::move(sets)), table_(entries) {}

void Morphology::Write(const std::vector<uint64_t>& sets, const std::vector<NumberTable::Entry>& entries,
                       ByteWriter& out) {
  out.Varint(sets.size());
  for (const uint64_t set : sets) out.U64(set);
  NumberTable::Write(entries, out);
}

bool Morphology::Read(ByteSource& in) {
  sets_.resize(in.Count(8));
  for (uint64_t& set : sets_) set = in.U64();
  return in.ok() && table_.Read(in, static_cast<uint32_t>(sets_.size()));
}

uint64_t Morphology::Features(const Word& word, TagId tag) const {
  for (const uint32_t key : {WordKey(word, tag), ShapeKey(word, tag), TagKey(tag)}) {
    if (const int32_t set = table_.Find(key); set >= 0) return sets_[static_cast<size_t>(set)];
  }
  return 0;
}

namespace {

class Agreement {
 public:
  Agreement(std::span<Analysis> words, std::span<const int32_t> heads, std::vector<Dependents>& dependents)
      : words_(words), heads_(heads), dependents_(dependents) {
    dependents_.assign(words.size(), Dependents());
    for (size_t i = 0; i < words.size(); ++i) {
      if (heads[i] < 0) continue;
      Dependents& head = dependents_[static_cast<size_t>(heads[i])];
      switch (DeprelOf(words[i])) {
        case Deprel::kNsubj:
        case Deprel::kNsubjPass:
        case Deprel::kNsubjOuter:
          head.subject = static_cast<int32_t>(i);
          break;
        case Deprel::kExpl:
          if (head.subject < 0) head.subject = static_cast<int32_t>(i);
          break;
        case Deprel::kAuxPass:
          head.passive = true;
          break;
        case Deprel::kAux:
          head.auxiliary = true;
          break;
        case Deprel::kMark:
          head.marked = true;
          break;
        case Deprel::kConj:
          head.coordinated = true;
          break;
        default:
          break;
      }
    }
  }

  void Settle(size_t i) {
    switch (XposOf(words_[i])) {
      case Xpos::kVbd:
      case Xpos::kVbp:
        Agree(i);
        break;
      case Xpos::kVbn:
        Voice(i);
        break;
      case Xpos::kVb:
        Mood(i);
        break;
      default:
        break;
    }
  }

 private:
  const Dependents& Of(int32_t i) const { return dependents_[static_cast<size_t>(i)]; }
  Deprel RelationOf(int32_t i) const { return DeprelOf(words_[static_cast<size_t>(i)]); }

  // The subject of a verb: its own, that of what it is auxiliary to, or the first conjunct's.
  int32_t SubjectOf(size_t i) const {
    int32_t verb = static_cast<int32_t>(i);
    const Deprel relation = RelationOf(verb);
    const bool helps = relation == Deprel::kAux || relation == Deprel::kAuxPass || relation == Deprel::kCop;
    if (helps) verb = heads_[static_cast<size_t>(verb)];
    for (int steps = 0; verb >= 0 && steps < 4; ++steps) {
      if (Of(verb).subject >= 0) return Of(verb).subject;
      if (RelationOf(verb) != Deprel::kConj) return -1;
      verb = heads_[static_cast<size_t>(verb)];
    }
    return -1;
  }

  void Agree(size_t i) {
    uint64_t& features = words_[i].features;
    if (FeatureValue(features, Feature::kVerbForm) != "Fin") return;
    const int32_t subject = SubjectOf(i);
    if (subject < 0) return;
    int32_t noun = subject;
    const uint64_t seen = words_[static_cast<size_t>(subject)].features;
    if (FeatureValue(seen, Feature::kPronType) == "Rel") {  // "those who fired": the clause's own head agrees
      int32_t clause = heads_[static_cast<size_t>(subject)];
      for (int steps = 0; clause >= 0 && RelationOf(clause) == Deprel::kConj && steps < 4; ++steps) {
        clause = heads_[static_cast<size_t>(clause)];
      }
      if (clause >= 0 && RelationOf(clause) == Deprel::kAclRelcl) noun = heads_[static_cast<size_t>(clause)];
    }
    const uint64_t agreeing = words_[static_cast<size_t>(noun)].features;
    std::string_view person = FeatureValue(agreeing, Feature::kPerson);
    std::string_view number = FeatureValue(agreeing, Feature::kNumber);
    if (number == "Ptan" || Of(noun).coordinated) number = "Plur";
    if (person.empty()) person = "3";
    if (!number.empty()) SetFeature(features, Feature::kNumber, number);
    SetFeature(features, Feature::kPerson, person);
  }

  void Voice(size_t i) {
    int32_t verb = static_cast<int32_t>(i);
    if (FeatureValue(words_[i].features, Feature::kVerbForm) != "Part") return;
    for (int steps = 0; RelationOf(verb) == Deprel::kConj && steps < 4; ++steps) {
      if (Of(verb).passive || Of(verb).auxiliary || heads_[static_cast<size_t>(verb)] < 0) break;
      verb = heads_[static_cast<size_t>(verb)];
    }
    const bool helps = words_[i].upos == Upos::kAux;  // "been"
    const bool passive = !helps && (Of(verb).passive || !Of(verb).auxiliary);
    SetFeature(words_[i].features, Feature::kVoice, passive ? "Pass" : "");
  }

  // A bare verb that nothing introduces and that has no subject commands.
  void Mood(size_t i) {
    uint64_t& features = words_[i].features;
    int32_t verb = static_cast<int32_t>(i);
    if (words_[i].upos != Upos::kVerb && RelationOf(verb) != Deprel::kCop) return;
    if (RelationOf(verb) == Deprel::kCop) verb = heads_[i];
    for (int steps = 0; verb >= 0 && steps < 4; ++steps) {
      const Dependents& dependents = Of(verb);
      if (dependents.auxiliary || dependents.marked || dependents.subject >= 0 || dependents.passive)
        return Infinitive(features);
      if (RelationOf(verb) != Deprel::kConj) break;
      verb = heads_[static_cast<size_t>(verb)];
    }
    if (verb < 0) return;
    switch (RelationOf(verb)) {
      case Deprel::kRoot:
      case Deprel::kParataxis:
      case Deprel::kConj:
        SetFeature(features, Feature::kMood, "Imp");
        SetFeature(features, Feature::kPerson, "2");
        SetFeature(features, Feature::kVerbForm, "Fin");
        break;
      default:
        Infinitive(features);
    }
  }

  static void Infinitive(uint64_t& features) {
    SetFeature(features, Feature::kMood, "");
    SetFeature(features, Feature::kPerson, "");
    SetFeature(features, Feature::kNumber, "");
    SetFeature(features, Feature::kVerbForm, "Inf");
  }

  std::span<Analysis> words_;
  std::span<const int32_t> heads_;
  std::vector<Dependents>& dependents_;
};

}  // namespace

void AgreeFeatures(std::span<Analysis> analyses, std::span<const int32_t> heads, std::vector<Dependents>& scratch) {
  Agreement agreement(analyses, heads, scratch);
  for (size_t i = 0; i < analyses.size(); ++i) agreement.Settle(i);
}

}  // namespace sitgraph::language
