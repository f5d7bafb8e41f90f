"""Archives: where editions of many days are kept, what each was made from, and whether it still is as it was made."""
