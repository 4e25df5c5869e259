"""What the product knows and decides. Pure: no files, no network, no clock, no random, no logging of people."""
