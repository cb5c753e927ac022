"""Word templates: compiling, filling in a bounded sandbox, pictures, and the office's own versions."""
