// Gives a view's nodes their sizes and positions.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

enum class Layout : uint8_t {
  kAuto,         // kForceAtlas2 up to kAutoLayoutNodes nodes, else kGeo
  kForceAtlas2,  // by what edges tie
  kGeo,          // as on a map; what has no coordinates around it
  kNone,         // no positions
};
// "forceatlas2", "geo", "none", "auto"; kUsage for others.
base::Result<Layout> ParseLayout(std::string_view name);
// "degree", "people"; kUsage for others.
base::Result<SizeBy> ParseSizeBy(std::string_view name);

inline constexpr size_t kAutoLayoutNodes = 30'000;
inline constexpr size_t kMaxLayoutNodes = 1'000'000;
inline constexpr size_t kMaxLayoutEdges = 5'000'000;

struct Looks {
  Layout layout = Layout::kAuto;
  SizeBy size_by = SizeBy::kDegree;
  std::function<void(int done, int all)> progress = {};  // of the layout's iterations
};

// Wraps a view. ForceAtlas2 holds the names and edges of the whole view while it runs (some 100 bytes a node, 12 an
// edge) and keeps 16 bytes a node; kTooLarge over the limits above. The other layouts hold nothing. Sizes go from 4 to
// 100, the range that Gephi's automatic scaling stretches all sizes to, positions with them; so it leaves both as they
// are. Without a layout they are SizeOf the degree, for which the nodes need not be read twice.
class LooksView final : public View {
 public:
  static base::Result<std::unique_ptr<LooksView>> Create(std::unique_ptr<View> view, const Looks& looks);

  base::Status ForEachNode(const std::function<base::Status(const Node&)>& visit) override;
  base::Status ForEachEdge(const std::function<base::Status(const Edge&)>& visit) override {
    return view_->ForEachEdge(visit);
  }
  uint64_t edges_left_out() const override { return view_->edges_left_out(); }
  Layout layout() const { return layout_; }  // the one that was taken

 private:
  LooksView(std::unique_ptr<View> view, const Looks& looks)
      : view_(std::move(view)), layout_(looks.layout), size_by_(looks.size_by) {}
  base::Status RunForceAtlas2(const Looks& looks);
  base::Status ReadRange();
  // The root of what a size tells, for areas are what people see.
  double Measure(const Node& node) const;
  void AddToRange(const Node& node);
  double SizeWithinRange(const Node& node) const;

  std::unique_ptr<View> view_;
  Layout layout_;
  SizeBy size_by_;
  double least_ = 0, most_ = 0;  // of Measure
  bool has_range_ = false;
  std::vector<Position> positions_;  // in the order of the nodes
};

}  // namespace sitgraph::exporters
