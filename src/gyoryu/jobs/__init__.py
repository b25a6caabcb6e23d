"""Work done beside the web: queued, carried out by any worker, given back when one dies."""
