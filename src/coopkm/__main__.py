from coopkm.cli import main

main()
