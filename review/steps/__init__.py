"""What a person does to the structure, the times and the texts of cues, each as one step (pure)."""
