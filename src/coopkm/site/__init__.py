"""Pages into a site: the MkDocs plugin, the page shell, fonts, the swap of the finished folder."""
