"""Control maps of publishers: imported, checked, completed, combined, compared, stored and selected."""
