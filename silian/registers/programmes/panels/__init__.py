"""What the module shows in the frame and on to-do lists."""
