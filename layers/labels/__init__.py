"""Where names of zones stand on maps: places that hold on all dates, for screens and images alike."""
