"""How a form is laid out on a line, in a row, in a table: the machine behind `extractors.fields`."""
