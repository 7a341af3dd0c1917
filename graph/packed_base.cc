#include "graph/packed_base.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "base/text.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

constexpr Tuple kBehindAll = {{UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX}};
constexpr size_t kPartSize = 5;
constexpr size_t kBlockKeySize = kPartSize + 4 * sizeof(uint32_t);

void AppendBigEndian(uint32_t value, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

uint32_t LoadBigEndian(const char* bytes) {
  uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

Tuple LastOf(std::string_view block_key) {
  Tuple tuple;
  for (size_t i = 0; i < 4; ++i) tuple.values[i] = LoadBigEndian(block_key.data() + kPartSize + 4 * i);
  return tuple;
}

base::Status FailMalformed() { return base::Fail(ErrorCode::kCorrupt, "the packed quads are damaged"); }

// Where a base of one graph keeps the quads of an order that begins with the graph.
std::optional<QuadOrder> WithoutGraph(QuadOrder order) {
  switch (order) {
    case QuadOrder::kGspo:
      return QuadOrder::kSpog;
    case QuadOrder::kGpos:
      return QuadOrder::kPosg;
    case QuadOrder::kGosp:
      return QuadOrder::kOspg;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string EncodeHead(const BaseHead& head) {
  std::string out = fmt::format("{} {}", head.generation, head.quads);
  if (head.only_graph) out += fmt::format(" {}", static_cast<uint64_t>(*head.only_graph));
  return out;
}

std::optional<BaseHead> DecodeHead(std::string_view bytes) {
  std::array<uint64_t, 3> numbers{};
  size_t count = 0;
  for (const std::string_view part : base::Split(bytes, ' ')) {
    if (count == numbers.size()) return std::nullopt;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), numbers[count++]);
    if (error != std::errc() || end != part.data() + part.size()) return std::nullopt;
  }
  if (count < 2 || numbers[0] > UINT32_MAX) return std::nullopt;
  BaseHead head{static_cast<uint32_t>(numbers[0]), numbers[1], std::nullopt};
  if (count == 3) head.only_graph = TermId{numbers[2]};
  return head;
}

std::string PartKey(uint32_t generation, uint8_t part) {
  std::string key;
  AppendBigEndian(generation, key);
  key += static_cast<char>(part);
  return key;
}

std::string BlockKey(uint32_t generation, QuadOrder order, const Tuple& last) {
  std::string key = PartKey(generation, static_cast<uint8_t>(order));
  for (const uint32_t value : last.values) AppendBigEndian(value, key);
  return key;
}

std::string PieceKey(uint32_t generation, uint32_t piece) {
  std::string key = PartKey(generation, kIdsPart);
  AppendBigEndian(piece, key);
  return key;
}

// ---- The base

base::Result<std::shared_ptr<const Base>> Base::Read(const Tables& tables, const BaseHead& head) {
  std::vector<TermId> ids;
  const auto pieces =
      tables.Walk(Table::kPacked, PartKey(head.generation, kIdsPart), PartKey(head.generation, kIdsPart + 1));
  uint32_t expected = 0;
  for (; pieces->Valid(); pieces->Next()) {
    const std::string_view piece = pieces->value();
    if (pieces->key() != PieceKey(head.generation, expected++) || piece.size() % 8 != 0) {
      return base::Fail(FailMalformed().error());
    }
    for (size_t at = 0; at < piece.size(); at += 8) ids.push_back(DecodeId(piece.substr(at)));
  }
  if (const base::Status status = pieces->status(); !status) return base::Fail(status.error());
  if (ids.empty() || !std::is_sorted(ids.begin(), ids.end())) return base::Fail(FailMalformed().error());
  return std::make_shared<const Base>(head, IdRanks(std::move(ids)));
}

std::optional<Tuple> Base::FirstFrom(QuadOrder order, std::string_view key) const {
  QuadKey whole{};  // a shorter key is before all that it begins
  std::copy(key.begin(), key.begin() + static_cast<ptrdiff_t>(std::min(key.size(), whole.size())), whole.begin());
  Tuple tuple;
  for (size_t i = 0; i < 4; ++i) {
    const TermId id = DecodeId(View(whole).substr(8 * i));
    const uint32_t rank = ranks_.LowerBound(id);
    tuple.values[i] = rank;
    if (rank == ranks_.size() || ranks_.id(rank) != id) break;  // all that follow are behind the key
  }
  const std::optional<QuadOrder> stored = head_.only_graph ? WithoutGraph(order) : std::nullopt;
  if (stored) {
    const uint32_t graph = ranks_.LowerBound(*head_.only_graph);
    if (tuple.values[0] > graph) return std::nullopt;
    if (tuple.values[0] < graph) return Tuple{};
    tuple.values = {tuple.values[1], tuple.values[2], tuple.values[3], 0};
  } else {
    tuple.values[3] = WithFlag(tuple.values[3], false);
  }
  return tuple;
}

std::optional<PackedRange> Base::RangeOf(QuadOrder order, std::string_view begin, std::string_view end) const {
  PackedRange range;
  range.stored = order;
  if (const auto stored = WithoutGraph(order); stored && head_.only_graph) range.stored = *stored;
  const std::optional<Tuple> low = FirstFrom(order, begin);
  if (!low) return std::nullopt;
  range.low = *low;
  range.high = end.empty() ? kBehindAll : FirstFrom(order, end).value_or(kBehindAll);
  if (range.low >= range.high) return std::nullopt;
  return range;
}

// ---- Walking

PackedCursor::PackedCursor(const Base& base, const PackedRange& range, std::unique_ptr<SeekableCursor> blocks)
    : base_(base), range_(range), blocks_(std::move(blocks)) {}

void PackedCursor::Start() {
  blocks_->Seek(BlockKey(base_.head().generation, range_.stored, range_.low));
  if (OpenBlock() && at_ == end_ && !last_block_) {  // not reached in a sound block
    blocks_->Next();
    OpenBlock();
  }
  if (Valid()) Decode();
}

bool PackedCursor::OpenBlock() {
  at_ = end_ = 0;
  if (!blocks_->Valid()) return false;
  const auto block = PackedBlock::Parse(blocks_->value());
  malformed_ = !block || blocks_->key().size() != kBlockKeySize;
  if (malformed_) return false;
  at_ = block->LowerBound(range_.low);
  last_block_ = LastOf(blocks_->key()) >= range_.high;
  end_ = last_block_ ? block->LowerBound(range_.high) : block->size();
  ReadIds(*block);
  return !malformed_;
}

void PackedCursor::ReadIds(const PackedBlock& block) {
  const std::array<uint8_t, 4>& positions = PositionsOf(range_.stored);
  std::array<uint32_t, kTuplesPerBlock> numbers;
  const IdRanks& ranks = base_.ranks();
  for (size_t column = 0; column < 4; ++column) {
    block.Read(column, at_, end_, numbers.data());
    for (size_t i = at_; column == 3 && i < end_; ++i) {
      direct_of_[i] = (numbers[i] & 1) != 0;
      numbers[i] >>= 1;
    }
    std::array<TermId, kTuplesPerBlock>& ids = ids_[positions[column]];
    for (size_t i = at_; i < end_; ++i) {
      malformed_ = malformed_ || numbers[i] >= ranks.size();
      ids[i] = ranks.id(numbers[i] < ranks.size() ? numbers[i] : 0);
    }
  }
  if (malformed_) at_ = end_ = 0;
}

void PackedCursor::Decode() {
  quad_ = {ids_[0][at_], ids_[1][at_], ids_[2][at_], ids_[3][at_]};
  direct_ = direct_of_[at_];
}

void PackedCursor::Next() {
  if (++at_ == end_) {
    if (last_block_) return;
    blocks_->Next();
    OpenBlock();
  }
  if (Valid()) Decode();
}

base::Status PackedCursor::status() const { return malformed_ ? FailMalformed() : blocks_->status(); }

base::Result<uint64_t> PackedCursor::PositionOf(const Tuple& tuple) {
  if (!blocks_->Valid()) {
    if (const base::Status status = blocks_->status(); !status) return base::Fail(status.error());
    return base_.head().quads;
  }
  const auto block = PackedBlock::Parse(blocks_->value());
  if (!block || blocks_->key().size() != kBlockKeySize) return base::Fail(FailMalformed().error());
  return block->ordinal() + block->LowerBound(tuple);
}

base::Result<uint64_t> PackedCursor::Count() {
  blocks_->Seek(BlockKey(base_.head().generation, range_.stored, range_.low));
  const auto begin = PositionOf(range_.low);
  if (!begin) return begin;
  const bool same = blocks_->Valid() && LastOf(blocks_->key()) >= range_.high;
  if (!same) blocks_->Seek(BlockKey(base_.head().generation, range_.stored, range_.high));
  const auto end = PositionOf(range_.high);
  if (!end) return end;
  return *end > *begin ? *end - *begin : 0;
}

}  // namespace sitgraph::graph
