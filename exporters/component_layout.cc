#include "exporters/component_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace sitgraph::exporters {
namespace {

constexpr double kGap = 100;  // between parts
// Gephi 0.10 scales a graph that reaches beyond 5000 on some side, and then turns sizes into negative ones.
constexpr double kFarthest = 4000;  // from the middle

struct Component {
  std::vector<uint32_t> nodes;    // in order
  std::vector<LayoutEdge> edges;  // between indexes of `nodes`
  std::vector<Position> at;
  double radius = 0;
};

class UnionFind {
 public:
  explicit UnionFind(size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0); }
  uint32_t Root(uint32_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }
  void Join(uint32_t a, uint32_t b) {
    a = Root(a), b = Root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<uint32_t> parent_;
};

// The largest first; of equals, the one with the first node.
std::vector<Component> Split(size_t nodes, const std::vector<LayoutEdge>& edges) {
  UnionFind sets(nodes);
  for (const LayoutEdge& edge : edges) sets.Join(edge.source, edge.target);
  std::vector<Component> components;
  std::vector<std::pair<uint32_t, uint32_t>> at(nodes);  // component, index in it
  for (uint32_t node = 0; node < nodes; ++node) {
    const uint32_t root = sets.Root(node);  // the least of its nodes, so met before the others
    if (root == node) {
      at[node].first = static_cast<uint32_t>(components.size());
      components.emplace_back();
    }
    at[node].first = at[root].first;
    Component& component = components[at[node].first];
    at[node].second = static_cast<uint32_t>(component.nodes.size());
    component.nodes.push_back(node);
  }
  for (const LayoutEdge& edge : edges) {
    components[at[edge.source].first].edges.push_back({at[edge.source].second, at[edge.target].second, edge.weight});
  }
  std::stable_sort(components.begin(), components.end(),
                   [](const Component& a, const Component& b) { return a.nodes.size() > b.nodes.size(); });
  return components;
}

double Radius(const std::vector<Position>& positions) {
  double square = 0;
  for (const Position& position : positions)
    square = std::max(square, position.x * position.x + position.y * position.y);
  return std::sqrt(square);
}

// Fills one ring after another around what is placed so far.
class Rings {
 public:
  explicit Rings(double inner) : inner_(inner) {}
  // The middle of the next disc of this radius; radii must not grow.
  Position Next(double radius) {
    if (inner_ == 0) {
      inner_ = radius;
      return {};
    }
    const double needed = radius + kGap / 2;
    if (angle_ == 0) thickness_ = 2 * needed;
    double middle = inner_ + thickness_ / 2;
    double step = 2 * std::asin(std::min(1.0, needed / middle));
    if (angle_ > 0 && angle_ + step > 2 * std::numbers::pi) {
      inner_ += thickness_;
      angle_ = 0;
      thickness_ = 2 * needed;
      middle = inner_ + needed;
      step = 2 * std::asin(std::min(1.0, needed / middle));
    }
    const double at = angle_ + step / 2;
    angle_ += step;
    return {middle * std::cos(at), middle * std::sin(at)};
  }

 private:
  double inner_, thickness_ = 0, angle_ = 0;
};

// Rounds, and draws all together where some would lie too far out.
void Fit(std::vector<Position>& positions) {
  double farthest = 0;
  for (const Position& at : positions) farthest = std::max({farthest, std::abs(at.x), std::abs(at.y)});
  const double scale = farthest > kFarthest ? kFarthest / farthest : 1;
  for (Position& at : positions) at = Rounded({at.x * scale, at.y * scale});
}

}  // namespace

std::vector<Position> LayOutComponents(const std::vector<Position>& start, const std::vector<LayoutEdge>& edges,
                                       const std::function<void(int done, int all)>& progress) {
  std::vector<Component> components = Split(start.size(), edges);
  for (Component& component : components) {
    component.at.reserve(component.nodes.size());
    for (const uint32_t node : component.nodes) component.at.push_back(start[node]);
    const int iterations = component.nodes.size() == 1 ? 0 : LayoutIterations(component.nodes.size());
    const bool told = progress && &component == &components.front();
    component.at = ForceAtlas2(std::move(component.at), component.edges, iterations, [&](int done) {
      if (told) progress(done, iterations);
    });
    component.radius = Radius(component.at);
  }
  // Rings hold parts of falling radius, which need not be of falling size.
  if (components.size() > 1) {
    std::stable_sort(components.begin() + 1, components.end(),
                     [](const Component& a, const Component& b) { return a.radius > b.radius; });
  }
  std::vector<Position> positions(start.size());
  Rings rings(components.empty() ? 0 : components.front().radius);
  for (const Component& component : components) {
    const Position middle = &component == &components.front() ? Position{} : rings.Next(component.radius);
    for (size_t i = 0; i < component.nodes.size(); ++i) {
      positions[component.nodes[i]] = {middle.x + component.at[i].x, middle.y + component.at[i].y};
    }
  }
  Fit(positions);
  return positions;
}

}  // namespace sitgraph::exporters
