"""Reading people from a sheet: bytes become cells, cells become drafts, drafts become a plan that names every fault."""
