"""The papers of a made-up package: a form, a licence, audit reports and so on, each as blocks that are printed as PDF or Word."""
