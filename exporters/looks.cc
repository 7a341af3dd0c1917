#include "exporters/looks.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "exporters/component_layout.h"

namespace sitgraph::exporters {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;
using base::Status;

}  // namespace

Result<Layout> ParseLayout(std::string_view name) {
  constexpr std::pair<std::string_view, Layout> kNames[] = {
      {"auto", Layout::kAuto}, {"forceatlas2", Layout::kForceAtlas2}, {"geo", Layout::kGeo}, {"none", Layout::kNone}};
  for (const auto& [known, layout] : kNames) {
    if (name == known) return layout;
  }
  return Fail(ErrorCode::kUsage, "unknown layout \"" + std::string(name) + "\"", {},
              "layouts: auto, forceatlas2, geo, none");
}

Result<SizeBy> ParseSizeBy(std::string_view name) {
  if (name == "degree") return SizeBy::kDegree;
  if (name == "people") return SizeBy::kPeople;
  return Fail(ErrorCode::kUsage, "unknown size \"" + std::string(name) + "\"", {}, "sizes by: degree, people");
}

Result<std::unique_ptr<LooksView>> LooksView::Create(std::unique_ptr<View> view, const Looks& looks) {
  std::unique_ptr<LooksView> out(new LooksView(std::move(view), looks));
  if (looks.layout == Layout::kAuto || looks.layout == Layout::kForceAtlas2) {
    if (Status status = out->RunForceAtlas2(looks); !status) return Fail(status.error());
  }
  if (out->layout_ == Layout::kGeo) {
    if (Status status = out->ReadRange(); !status) return Fail(status.error());
  }
  return out;
}

Status LooksView::RunForceAtlas2(const Looks& looks) {
  const size_t limit = looks.layout == Layout::kAuto ? kAutoLayoutNodes : kMaxLayoutNodes;
  std::vector<std::string> iris;
  std::vector<Position> start;
  bool too_large = false;
  const auto stop = [&]() -> Status {
    too_large = true;
    return Fail(ErrorCode::kTooLarge, "the graph is too large for ForceAtlas2", {},
                "--layout geo takes any size; so do a narrower view and filters");
  };
  Status walked = view_->ForEachNode([&](const Node& node) -> Status {
    if (iris.size() == limit) return stop();
    iris.push_back(node.iri);
    AddToRange(node);
    start.push_back(node.position.value_or(Position{}));
    return {};
  });
  std::vector<LayoutEdge> edges;
  const auto index = [&](const std::string& iri) {
    return static_cast<uint32_t>(std::lower_bound(iris.begin(), iris.end(), iri) - iris.begin());
  };
  if (walked) {
    walked = view_->ForEachEdge([&](const Edge& edge) -> Status {
      if (edges.size() == kMaxLayoutEdges) return stop();
      const LayoutEdge ends{index(edge.source), index(edge.target), static_cast<float>(edge.weight)};
      if (ends.source != ends.target) edges.push_back(ends);
      return {};
    });
  }
  if (!walked) {
    if (!too_large || looks.layout != Layout::kAuto) return walked;
    layout_ = Layout::kGeo;
    return {};
  }
  iris = {};
  // Nodes of one place start beside each other, on points of their own.
  for (size_t i = 0; i < start.size(); ++i) start[i].x += 0.001 * static_cast<double>(i);
  positions_ = LayOutComponents(start, edges, looks.progress);
  layout_ = Layout::kForceAtlas2;
  return {};
}

double LooksView::Measure(const Node& node) const {
  const double people = std::max(node.toll.people.value_or(0), 0.0);
  return std::sqrt(size_by_ == SizeBy::kPeople ? people : static_cast<double>(node.degree));
}

void LooksView::AddToRange(const Node& node) {
  const double measure = Measure(node);
  least_ = has_range_ ? std::min(least_, measure) : measure;
  most_ = has_range_ ? std::max(most_, measure) : measure;
  has_range_ = true;
}

Status LooksView::ReadRange() {
  has_range_ = false;
  return view_->ForEachNode([&](const Node& node) -> Status {
    AddToRange(node);
    return {};
  });
}

double LooksView::SizeWithinRange(const Node& node) const {
  constexpr double kSmallest = 4, kLargest = 100, kSame = 10;
  if (most_ == least_) return kSame;
  return Rounded(kSmallest + (kLargest - kSmallest) * (Measure(node) - least_) / (most_ - least_));
}

Status LooksView::ForEachNode(const std::function<Status(const Node&)>& visit) {
  size_t number = 0;
  return view_->ForEachNode([&](const Node& node) -> Status {
    Node dressed = node;
    const double measure = Measure(node);
    dressed.size = layout_ == Layout::kNone ? SizeOf(measure * measure) : SizeWithinRange(node);
    if (layout_ == Layout::kNone) dressed.position.reset();
    if (layout_ == Layout::kForceAtlas2) dressed.position = positions_[number++];
    return visit(dressed);
  });
}

}  // namespace sitgraph::exporters
