"""What every page shares: the bridge to the core, tables, forms, dialogs, theme and small widgets."""
