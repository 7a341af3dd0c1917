// Whether what is told happened: negation, modality and planning, in the scope of their clause.
#pragma once

#include "src/extract/events.h"

namespace sitgraph::extract {

Factuality FactualityOf(const Reading& reading, const EventDraft& draft, const codebook::TriggerTable& triggers);

}  // namespace sitgraph::extract
