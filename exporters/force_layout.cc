#include "exporters/force_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace sitgraph::exporters {
namespace {

constexpr double kRepulsion = 10;  // Gephi's "scaling"
constexpr double kGravity = 1;
constexpr double kTheta = 1.2;
constexpr double kJitterTolerance = 1;
constexpr int kMaxDepth = 40;
constexpr uint32_t kNone = UINT32_MAX;

struct Body {
  double x, y, mass;
  double fx = 0, fy = 0;          // forces of this step
  double old_fx = 0, old_fy = 0;  // and of the last one
};

// A quadtree over the bodies, built anew in each step.
class QuadTree {
 public:
  void Build(const std::vector<Body>& bodies) {
    order_.resize(bodies.size());
    std::iota(order_.begin(), order_.end(), 0);
    cells_.clear();
    double low_x = 0, low_y = 0, high_x = 0, high_y = 0;
    for (const Body& body : bodies) {
      low_x = std::min(low_x, body.x), high_x = std::max(high_x, body.x);
      low_y = std::min(low_y, body.y), high_y = std::max(high_y, body.y);
    }
    Split(bodies, 0, static_cast<uint32_t>(bodies.size()), low_x, low_y, std::max(high_x - low_x, high_y - low_y), 0);
  }

  // Adds to `body`, number `index`, what all others push it away with: mass * mass / distance.
  void Repel(const std::vector<Body>& bodies, uint32_t index, Body& body) const {
    for (uint32_t at = 0; at < cells_.size();) {
      const Cell& cell = cells_[at];
      const double dx = body.x - cell.x, dy = body.y - cell.y;
      const double distance2 = dx * dx + dy * dy;
      if (cell.leaf) {
        for (uint32_t i = cell.first; i < cell.last; ++i) {
          if (order_[i] != index) Push(body, bodies[order_[i]].x, bodies[order_[i]].y, bodies[order_[i]].mass);
        }
        at = cell.next;
      } else if (cell.side * cell.side < kTheta * kTheta * distance2) {
        Push(body, cell.x, cell.y, cell.mass);
        at = cell.next;
      } else {
        ++at;  // its first child
      }
    }
  }

 private:
  struct Cell {
    double x = 0, y = 0, mass = 0;  // centre of mass
    double side = 0;
    uint32_t first = 0, last = 0;  // in order_
    uint32_t next = kNone;         // the cell after all of its children
    bool leaf = false;
  };
  static constexpr uint32_t kLeafSize = 4;

  static void Push(Body& body, double x, double y, double mass) {
    const double dx = body.x - x, dy = body.y - y;
    const double distance2 = dx * dx + dy * dy;
    if (distance2 == 0) return;
    const double factor = kRepulsion * body.mass * mass / distance2;
    body.fx += dx * factor;
    body.fy += dy * factor;
  }

  void Split(const std::vector<Body>& bodies, uint32_t first, uint32_t last, double x, double y, double side,
             int depth) {
    if (first == last) return;
    const size_t index = cells_.size();
    cells_.emplace_back();
    Cell cell;
    for (uint32_t i = first; i < last; ++i) {
      const Body& body = bodies[order_[i]];
      cell.mass += body.mass;
      cell.x += body.x * body.mass;
      cell.y += body.y * body.mass;
    }
    cell.x /= cell.mass;
    cell.y /= cell.mass;
    cell.side = side;
    cell.first = first;
    cell.last = last;
    cell.leaf = last - first <= kLeafSize || depth == kMaxDepth;
    if (!cell.leaf) SplitInFour(bodies, first, last, x, y, side / 2, depth + 1);
    cell.next = static_cast<uint32_t>(cells_.size());
    cells_[index] = cell;
  }

  void SplitInFour(const std::vector<Body>& bodies, uint32_t first, uint32_t last, double x, double y, double half,
                   int depth) {
    const auto begin = order_.begin();
    const auto left = [&](uint32_t i) { return bodies[i].x < x + half; };
    const auto lower = [&](uint32_t i) { return bodies[i].y < y + half; };
    const auto middle = std::stable_partition(begin + first, begin + last, left);
    const auto low = std::stable_partition(begin + first, middle, lower);
    const auto high = std::stable_partition(middle, begin + last, lower);
    const std::array<uint32_t, 5> bounds = {first, static_cast<uint32_t>(low - begin),
                                            static_cast<uint32_t>(middle - begin), static_cast<uint32_t>(high - begin),
                                            last};
    for (size_t quarter = 0; quarter < 4; ++quarter) {
      Split(bodies, bounds[quarter], bounds[quarter + 1], x + (quarter >= 2 ? half : 0),
            y + (quarter % 2 == 1 ? half : 0), half, depth);
    }
  }

  std::vector<uint32_t> order_;
  std::vector<Cell> cells_;
};

void Pull(std::vector<Body>& bodies, const std::vector<LayoutEdge>& edges) {
  for (const LayoutEdge& edge : edges) {
    Body& a = bodies[edge.source];
    Body& b = bodies[edge.target];
    // The root keeps one busy pair from falling into one point.
    const double factor = std::sqrt(static_cast<double>(edge.weight));
    const double fx = (b.x - a.x) * factor, fy = (b.y - a.y) * factor;
    a.fx += fx, a.fy += fy;
    b.fx -= fx, b.fy -= fy;
  }
}

void Gravitate(std::vector<Body>& bodies) {
  for (Body& body : bodies) {
    const double distance = std::sqrt(body.x * body.x + body.y * body.y);
    if (distance == 0) continue;
    const double factor = kGravity * body.mass / distance;
    body.fx -= body.x * factor;
    body.fy -= body.y * factor;
  }
}

// The paper's adaptive speed: as fast as the whole may go without swinging.
class Speed {
 public:
  void Move(std::vector<Body>& bodies) {
    double swinging = 0, traction = 0;
    for (const Body& body : bodies) {
      swinging += body.mass * Length(body.fx - body.old_fx, body.fy - body.old_fy);
      traction += body.mass * Length(body.fx + body.old_fx, body.fy + body.old_fy) / 2;
    }
    Adapt(swinging, traction, static_cast<double>(bodies.size()));
    for (Body& body : bodies) {
      const double swing = body.mass * Length(body.fx - body.old_fx, body.fy - body.old_fy);
      const double factor = speed_ / (1 + std::sqrt(speed_ * swing));
      body.x += body.fx * factor;
      body.y += body.fy * factor;
    }
  }

 private:
  static double Length(double x, double y) { return std::sqrt(x * x + y * y); }

  void Adapt(double swinging, double traction, double count) {
    if (swinging == 0) return;
    const double estimate = 0.05 * std::sqrt(count);
    double jitter =
        kJitterTolerance * std::max(std::sqrt(estimate), std::min(10.0, estimate * traction / (count * count)));
    if (swinging / traction > 2) {
      if (efficiency_ > 0.05) efficiency_ *= 0.5;
      jitter = std::max(jitter, kJitterTolerance);
    }
    const double target = jitter * efficiency_ * traction / swinging;
    if (swinging > jitter * traction) {
      if (efficiency_ > 0.05) efficiency_ *= 0.7;
    } else if (speed_ < 1000) {
      efficiency_ *= 1.3;
    }
    speed_ += std::min(target - speed_, 0.5 * speed_);
  }

  double speed_ = 1, efficiency_ = 1;
};

// Centred; the mean square distance from the middle grows with the number of nodes, as the area that they need does.
std::vector<Position> Scaled(const std::vector<Body>& bodies) {
  const double count = static_cast<double>(bodies.size());
  double x = 0, y = 0, square = 0;
  for (const Body& body : bodies) x += body.x / count, y += body.y / count;
  for (const Body& body : bodies) square += ((body.x - x) * (body.x - x) + (body.y - y) * (body.y - y)) / count;
  const double scale = square > 0 ? 65 * std::sqrt(count / square) : 1;
  std::vector<Position> positions;
  positions.reserve(bodies.size());
  for (const Body& body : bodies) positions.push_back({(body.x - x) * scale, (body.y - y) * scale});
  return positions;
}

}  // namespace

std::vector<Position> ForceAtlas2(std::vector<Position> start, const std::vector<LayoutEdge>& edges, int iterations,
                                  const std::function<void(int iteration)>& step) {
  std::vector<Body> bodies;
  bodies.reserve(start.size());
  for (const Position& position : start) bodies.push_back({position.x, position.y, 1});
  start = {};
  for (const LayoutEdge& edge : edges) {
    ++bodies[edge.source].mass;
    ++bodies[edge.target].mass;
  }
  QuadTree tree;
  Speed speed;
  for (int i = 0; i < iterations && !bodies.empty(); ++i) {
    for (Body& body : bodies) {
      body.old_fx = body.fx, body.old_fy = body.fy;
      body.fx = body.fy = 0;
    }
    tree.Build(bodies);
    for (uint32_t b = 0; b < bodies.size(); ++b) tree.Repel(bodies, b, bodies[b]);
    Gravitate(bodies);
    Pull(bodies, edges);
    speed.Move(bodies);
    if (step) step(i + 1);
  }
  return Scaled(bodies);
}

int LayoutIterations(size_t nodes) {
  if (nodes <= 1000) return 600;
  if (nodes <= 10'000) return 300;
  return 100;
}

}  // namespace sitgraph::exporters
