"""What every page shares: templates, labels, assets and routing; drawn on the server, script only adds comfort."""
