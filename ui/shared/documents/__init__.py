"""Letters and papers on screen: forms, previews, real pages, printing, saving and opening."""
