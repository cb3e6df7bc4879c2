"""From the outside world to the model. Readers collect every problem and say where it stands."""
