#include "graph/term_collector.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/hash.h"
#include "graph/keys.h"

namespace sitgraph::graph {

using base::ErrorCode;

// ---- Ids met so far

namespace {
constexpr size_t kFirstSlots = size_t{1} << 12;
constexpr size_t kSlotBytes = sizeof(uint64_t) + sizeof(uint32_t);

base::Status FailCollision() {
  return base::Fail(ErrorCode::kUnsupported, "two terms have the same digest, which bulk loading does not handle");
}
}  // namespace

SeenIds::SeenIds(size_t memory_bytes) : most_slots_(kFirstSlots), ids_(kFirstSlots), checks_(kFirstSlots) {
  // While it grows, the old table is there too.
  while (3 * most_slots_ * kSlotBytes <= memory_bytes) most_slots_ *= 2;
}

void SeenIds::Grow() {
  if (ids_.size() >= most_slots_) {
    std::fill(ids_.begin(), ids_.end(), 0);
    used_ = 0;
    return;
  }
  std::vector<uint64_t> old_ids(2 * ids_.size());
  std::vector<uint32_t> old_checks(2 * checks_.size());
  old_ids.swap(ids_);
  old_checks.swap(checks_);
  const size_t mask = ids_.size() - 1;
  for (size_t i = 0; i < old_ids.size(); ++i) {
    if (old_ids[i] == 0) continue;
    size_t slot = old_ids[i] & mask;
    while (ids_[slot] != 0) slot = (slot + 1) & mask;
    ids_[slot] = old_ids[i];
    checks_[slot] = old_checks[i];
  }
}

SeenIds::Seen SeenIds::Insert(TermId id, uint32_t check) {
  const auto number = static_cast<uint64_t>(id);
  const size_t mask = ids_.size() - 1;
  size_t slot = number & mask;
  for (; ids_[slot] != 0; slot = (slot + 1) & mask) {
    if (ids_[slot] == number) return checks_[slot] == check ? Seen::kSame : Seen::kCollides;
  }
  ids_[slot] = number;
  checks_[slot] = check;
  if (++used_ * 3 > ids_.size() * 2) Grow();
  return Seen::kNew;
}

// ---- Collecting

TermCollector::TermCollector(size_t memory_bytes, const std::string& folder)
    : seen_(memory_bytes / 4),
      terms_(std::make_unique<RecordSorter>(memory_bytes / 4, folder)),
      quads_(std::make_unique<SpillVector<QuadIds>>(memory_bytes / 4, folder)) {
  thread_ = std::thread([this] { Run(); });
}

TermCollector::~TermCollector() { Stop(); }

base::Status TermCollector::Put(size_t position, const Term& term) {
  key_.clear();
  AppendTermKey(term, key_);
  if (key_ == last_keys_[position]) {
    filling_.sizes.push_back(kSameAsBefore);
    return {};
  }
  if (base::Status valid = ValidateTerm(term); !valid) return valid;
  filling_.bytes += key_;
  filling_.sizes.push_back(static_cast<uint32_t>(key_.size()));
  key_.swap(last_keys_[position]);
  return {};
}

base::Status TermCollector::Add(const Quad& quad) {
  if (base::Status valid = ValidateRoles(quad); !valid) return valid;
  const size_t sizes = filling_.sizes.size(), bytes = filling_.bytes.size();
  base::Status status = Put(0, quad.subject);
  if (status) status = Put(1, quad.predicate);
  if (status) status = Put(2, quad.object);
  if (status && !quad.in_default_graph()) status = Put(3, quad.graph);
  if (!status) {  // as if the quad had never come; what is written next must not refer to it
    filling_.sizes.resize(sizes);
    filling_.bytes.resize(bytes);
    for (std::string& key : last_keys_) key.clear();
    return status;
  }
  if (quad.in_default_graph()) {
    filling_.sizes.push_back(0);
    last_keys_[3].clear();
  }
  if (filling_.bytes.size() < kBatchBytes && filling_.sizes.size() * sizeof(uint32_t) < kBatchBytes) return {};
  Send();
  const std::lock_guard guard(mutex_);
  return status_;
}

void TermCollector::Send() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.size() < kMostBatches; });
  waiting_.push_back(std::move(filling_));
  filling_ = {};
  if (!emptied_.empty()) {
    filling_ = std::move(emptied_.front());
    emptied_.pop_front();
  }
  changed_.notify_all();
}

void TermCollector::Stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard guard(mutex_);
    ended_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

base::Status TermCollector::Finish() {
  if (!filling_.sizes.empty()) Send();
  Stop();
  seen_ = SeenIds(0);
  return status_ ? quads_->Finish() : status_;
}

void TermCollector::Run() {
  while (true) {
    Batch batch;
    bool good = false;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      batch = std::move(waiting_.front());
      waiting_.pop_front();
      good = status_.has_value();
      changed_.notify_all();
    }
    base::Status taken;
    try {
      if (good) taken = Take(batch);  // after an error only to let the caller's thread go on
    } catch (const std::exception& error) {
      taken = base::Fail(ErrorCode::kIo, std::string("bulk loading: ") + error.what());
    }
    batch.bytes.clear();
    batch.sizes.clear();
    const std::lock_guard guard(mutex_);
    if (!taken) status_ = std::move(taken);
    emptied_.push_back(std::move(batch));
  }
}

base::Status TermCollector::Take(const Batch& batch) {
  size_t offset = 0;
  for (size_t i = 0; i < batch.sizes.size(); ++i) {
    const size_t position = i % 4;
    if (batch.sizes[i] == 0) {
      last_ids_[position] = kDefaultGraphId;
    } else if (batch.sizes[i] != kSameAsBefore) {
      const std::string_view key(batch.bytes.data() + offset, batch.sizes[i]);
      offset += key.size();
      const TermId id = PreferredId(key);
      last_ids_[position] = id;
      switch (seen_.Insert(id, static_cast<uint32_t>(base::Hash64(key, 1)))) {
        case SeenIds::Seen::kSame:
          break;
        case SeenIds::Seen::kCollides:
          return FailCollision();
        case SeenIds::Seen::kNew:
          if (base::Status added = terms_->Add(EncodeId(id), key); !added) return added;
      }
    }
    if (position != 3) continue;
    if (base::Status added = quads_->Add({last_ids_[0], last_ids_[1], last_ids_[2], last_ids_[3]}); !added) {
      return added;
    }
  }
  return {};
}

}  // namespace sitgraph::graph
