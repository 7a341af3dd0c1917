#include "src/reports/zones.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "src/reports/boilerplate.h"
#include "src/reports/line.h"
#include "src/reports/metadata.h"
#include "src/reports/paragraph.h"

namespace sitgraph::reports {
namespace {

constexpr size_t kHeadlineWords = 4;      // fewer: a section's name, where a longer line follows
constexpr size_t kLongestHeadline = 30;   // words
constexpr size_t kLongestHeading = 14;    // words of a sub-headline
constexpr size_t kLinkWords = 6;          // words of a link at the foot of a page
constexpr size_t kPublicationLines = 12;  // lines from the top in which a date without a label counts

struct Item {
  Line line;
  std::optional<ZoneKind> kind;
  bool prose = false;
  bool split = false;  // a paragraph that may hold more than text
};

class Annotator {
 public:
  explicit Annotator(Report& report) : report_(report), text_(report.text) {}

  void Run(const std::vector<Zone>& known) {
    for (const Line& line : SplitLines(text_)) items_.push_back({line, std::nullopt, IsProse(In(line)), false});
    ApplyKnown(known);
    JudgeByWording();
    FindTitle();
    JudgeHead();
    JudgeBody();
    EmitZones();
    Conclude();
  }

 private:
  std::string_view In(const Line& line) const { return line.span.In(text_); }
  std::string_view In(const Item& item) const { return In(item.line); }

  void ApplyKnown(const std::vector<Zone>& known) {
    size_t next = 0;
    for (Item& item : items_) {
      while (next < known.size() && known[next].span.end <= item.line.span.begin) ++next;
      if (next < known.size() && known[next].span.Contains(item.line.span)) item.kind = known[next].kind;
      item.split = item.kind == ZoneKind::kCaption;
    }
  }

  // Page furniture, publication lines and captions: what a line's words tell wherever it stands.
  void JudgeByWording() {
    bool seen_prose = false, ended = false, aside = false;
    size_t index = 0;
    for (Item& item : items_) {
      const std::string_view line = In(item);
      ++index;
      if (ended) {
        item.kind = ZoneKind::kBoilerplate;
        continue;
      }
      const Wording wording = item.kind == ZoneKind::kTitle ? Wording::kNone : WordingOf(line);
      if (wording == Wording::kEndOfArticle) ended = seen_prose;
      if (wording != Wording::kNone) {
        item.kind = ZoneKind::kBoilerplate;
        aside = wording == Wording::kAside;
        continue;
      }
      if (item.kind && item.kind != ZoneKind::kBody) continue;
      if (aside && !item.prose && !item.kind) {
        item.kind = ZoneKind::kBoilerplate;
        continue;
      }
      aside = false;
      if (JudgePublicationLine(item, index)) continue;
      if (IsCaption(line)) {
        item.kind = ZoneKind::kCaption;
        item.split = true;
      }
      seen_prose = seen_prose || (item.prose && !item.kind);
    }
  }

  // "(Source: Syrian Coalition) Twitter" in a line of its own.
  bool JudgeSourceLine(Item& item) {
    std::string_view line = In(item);
    line = line.substr(0, FindTrailingFurniture(line));
    if (line.size() > 2 && (line.front() == '(' || line.front() == '[')) line = line.substr(1, line.size() - 2);
    const std::string source = SourceRemark(line);
    if (source.empty()) return false;
    item.kind = ZoneKind::kByline;
    NotePublisher(source, kSourcePublisher);
    return true;
  }

  bool JudgePublicationLine(Item& item, size_t index) {
    if (item.prose) return false;
    if (JudgeSourceLine(item)) return true;
    const auto publication = MatchPublicationLine(In(item));
    if (!publication) return false;
    const bool labelled = MatchPublicationDate(In(item)).has_value();
    if (index > kPublicationLines && !labelled && publication->author.empty()) return false;
    item.kind = ZoneKind::kByline;
    Note(publication->date, publication->updated ? kUpdateLine : kPublicationLine);
    if (author_.empty()) author_ = publication->author;
    NotePublisher(publication->publisher, kBylinePublisher);
    return true;
  }

  // Perhaps behind a date.
  static bool BeginsWithTitle(std::string_view line, std::string_view title) {
    if (MatchTitle(line, title) != 0) return true;
    const auto date = MatchPublicationDate(line);
    return date && MatchTitle(base::Trim(line.substr(date->end)), title) != 0;
  }

  // The headline that the source gave, or the one the layout shows, and its repetitions.
  void FindTitle() {
    // A sentence may be a headline too, where the next line begins with it again.
    size_t first = items_.size(), second = items_.size();
    for (size_t i = 0; i < items_.size() && second == items_.size(); ++i) {
      if (items_[i].kind) continue;
      (first == items_.size() ? first : second) = i;
    }
    if (second < items_.size() && In(items_[first]).size() < 300 &&
        BeginsWithTitle(In(items_[second]), In(items_[first]))) {
      items_[first].kind = ZoneKind::kTitle;
      title_ = base::CollapseSpace(In(items_[first]));
    }
    if (!report_.title.empty()) title_ = report_.title;
    first_prose_ = items_.size();
    for (size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].prose && (!items_[i].kind || items_[i].kind == ZoneKind::kBody)) {
        first_prose_ = i;
        break;
      }
    }
    size_t first_title = items_.size();
    for (size_t i = 0; i < items_.size() && first_title == items_.size(); ++i) {
      if (items_[i].kind == ZoneKind::kTitle) first_title = i;
    }
    if (title_.empty() && first_title < items_.size() && first_title < first_prose_) {
      title_ = base::CollapseSpace(In(items_[first_title]));
    }
    if (title_.empty()) title_ = HeadlineOfLayout();
    if (title_.empty()) return;
    for (Item& item : items_) {
      if (!item.kind && IsWholeTitle(In(item), title_)) item.kind = ZoneKind::kTitle;
    }
    if (!items_.empty() && first_prose_ < items_.size() && items_[first_prose_].kind == ZoneKind::kTitle) {
      while (first_prose_ < items_.size() && (items_[first_prose_].kind || !items_[first_prose_].prose)) ++first_prose_;
    }
  }

  // Above the first paragraph: the first line of a headline's length, else the longest.
  std::string HeadlineOfLayout() {
    const Item* best = nullptr;
    size_t best_words = 0;
    for (size_t i = 0; i < first_prose_; ++i) {
      const Item& item = items_[i];
      if (item.kind) continue;
      const size_t words = CountWords(In(item), kLongestHeadline + 1);
      if (words > kLongestHeadline || In(item).back() == ':') continue;
      if (words > best_words) {
        best = &item;
        best_words = words;
      }
      if (words >= kHeadlineWords) break;
    }
    return best == nullptr ? std::string() : base::CollapseSpace(In(*best));
  }

  // Between the top and the first paragraph: headlines, datelines of their own, and the names of sections.
  void JudgeHead() {
    bool seen_title = false;
    for (size_t i = 0; i < first_prose_; ++i) {
      Item& item = items_[i];
      seen_title = seen_title || item.kind == ZoneKind::kTitle;
      if (item.kind) continue;
      if (const auto dateline = MatchDateline(In(item)); dateline && dateline->end >= In(item).size()) {
        item.kind = ZoneKind::kDateline;
        NoteDateline(*dateline);
        continue;
      }
      const size_t words = CountWords(In(item), kLongestHeadline + 1);
      if (first_prose_ == items_.size()) {
        item.kind = ZoneKind::kBody;  // a text of short lines
      } else if (words >= kHeadlineWords) {
        item.kind = words <= kLongestHeadline && !EndsSentence(In(item)) ? ZoneKind::kTitle : ZoneKind::kBody;
      } else if (!EndsSentence(In(item))) {
        item.kind = ZoneKind::kBoilerplate;
      }
    }
  }

  // From the first paragraph on: paragraphs, lists, sub-headlines, and links at the foot.
  void JudgeBody() {
    size_t last_prose = first_prose_;
    for (size_t i = first_prose_; i < items_.size(); ++i) {
      if (items_[i].prose && !items_[i].kind) last_prose = i;
    }
    bool in_list = false;
    for (size_t i = first_prose_; i < items_.size(); ++i) {
      Item& item = items_[i];
      if (item.prose || item.kind) in_list = item.prose && In(item).back() == ':';
      if (in_list && !item.prose && EndsList(i)) in_list = false;
      if (item.kind) continue;
      if (In(item).back() == ':' || In(item).back() == ';' || In(item).back() == ',') in_list = true;
      item.kind = ZoneKind::kBody;
      if (in_list || item.prose) continue;
      if (i > last_prose) {
        if (!EndsSentence(In(item)) && CountWords(In(item), kLinkWords + 1) <= kLinkWords)
          item.kind = ZoneKind::kBoilerplate;
      } else if (IsHeading(i)) {
        item.kind = ZoneKind::kTitle;
      }
    }
    for (Item& item : items_) {
      if (!item.kind) item.kind = ZoneKind::kBody;
      item.split = item.split || item.kind == ZoneKind::kBody;
    }
  }

  // A gap, where the lines of the list had none between them or its last line has a full stop.
  bool EndsList(size_t i) const {
    const Item& before = items_[i - 1];
    return items_[i].line.after_gap && !before.prose && (EndsSentence(In(before)) || !before.line.after_gap);
  }

  // A short line without a stop between two paragraphs, set off as the paragraphs are.
  bool IsHeading(size_t i) const {
    const std::string_view line = In(items_[i]);
    if (i + 1 >= items_.size() || !items_[i + 1].prose || i == 0) return false;
    const Item& before = items_[i - 1];
    if (!before.prose && before.kind == ZoneKind::kBody && !EndsSentence(In(before)) && !EndsList(i)) return false;
    if (EndsSentence(line) || CountWords(line, kLongestHeading + 1) > kLongestHeading) return false;
    const Line& shape = items_[i].line;
    if (shape.after_gap != items_[i + 1].line.after_gap && !shape.before_gap) return false;
    return std::string_view("-*+").find(line.front()) == std::string_view::npos &&
           line.substr(0, 3) != "\xE2\x80\xA2" && line.substr(0, 3) != "\xE2\x80\x93" &&
           line.substr(0, 3) != "\xE2\x80\x94";
  }

  void EmitZones() {
    size_t first_body = items_.size(), last_body = items_.size();
    for (size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].kind != ZoneKind::kBody) continue;
      first_body = std::min(first_body, i);
      last_body = i;
    }
    for (size_t i = 0; i < items_.size(); ++i) {
      const Item& item = items_[i];
      if (!item.split) {
        report_.zones.push_back({*item.kind, item.line.span});
        continue;
      }
      ParagraphContext context;
      context.title = title_;
      context.kind = *item.kind;
      context.first = i == first_body;
      context.last = i == last_body;
      Paragraph paragraph = SplitParagraph(In(item), context);
      for (Zone& zone : paragraph.zones) {
        zone.span.begin += item.line.span.begin;
        zone.span.end += item.line.span.begin;
        report_.zones.push_back(zone);
      }
      for (const PublicationDate& date : paragraph.dates)
        Note(date.date, date.updated ? kUpdateLine : kPublicationLine);
      if (paragraph.dateline) NoteDateline(*paragraph.dateline);
      NotePublisher(paragraph.publisher, kBylinePublisher);
      NotePublisher(paragraph.source, kSourcePublisher);
      if (author_.empty()) author_ = paragraph.author;
    }
  }

  // What gave a date or a publisher; the earlier one counts more.
  enum DateSource : uint8_t { kPublicationLine, kUpdateLine, kDatelineDate, kDateSources };
  enum PublisherSource : uint8_t {
    kDatelinePublisher,
    kBylinePublisher,
    kTitlePublisher,
    kSourcePublisher,
    kPublisherSources
  };

  void Note(base::PartialDate date, DateSource source) {
    if (!date.empty() && dates_[source].empty()) dates_[source] = date;
  }
  void NotePublisher(std::string_view publisher, PublisherSource source) {
    if (!publisher.empty() && publishers_[source].empty()) publishers_[source] = publisher;
  }
  void NoteDateline(const Dateline& dateline) {
    Note(dateline.date, kDatelineDate);
    NotePublisher(dateline.publisher, kDatelinePublisher);
    if (report_.dateline.empty()) report_.dateline = dateline.place;
  }

  void Conclude() {
    if (report_.title.empty()) report_.title = title_;
    NotePublisher(PublisherInTitle(report_.title), kTitlePublisher);
    for (const std::string& publisher : publishers_) {
      if (report_.publisher.empty()) report_.publisher = publisher;
    }
    if (report_.author.empty()) report_.author = author_;
    const base::PartialDate given = report_.published;
    if (given.complete()) return;
    base::PartialDate found;
    for (const base::PartialDate& date : dates_) {
      if (found.empty() || (found.year == 0 && date.complete())) found = date;
    }
    const bool agrees = (given.year == 0 || given.year == found.year) &&
                        (given.month == 0 || given.month == found.month) && (given.day == 0 || given.day == found.day);
    if (given.empty() || (agrees && found.complete())) report_.published = found;
  }

  Report& report_;
  std::string_view text_;
  std::vector<Item> items_;
  size_t first_prose_ = 0;
  std::string title_;
  std::string author_;
  base::PartialDate dates_[kDateSources];
  std::string publishers_[kPublisherSources];
};

}  // namespace

void Annotate(Report& report, const std::vector<Zone>& known) {
  report.zones.clear();
  Annotator(report).Run(known);
}

}  // namespace sitgraph::reports
