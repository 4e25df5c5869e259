' Opens a workbook with its macros, and writes down its modules, its buttons, and what each button did when it was pressed.
Sub Main
    Source = Environ("RELAY_BOOK")
    Answer = Environ("RELAY_ANSWER")
    On Error GoTo Failed
    Dim Options(1) As New com.sun.star.beans.PropertyValue
    Options(0).Name = "Hidden"
    Options(0).Value = True
    Options(1).Name = "MacroExecutionMode"
    Options(1).Value = 4
    Book = StarDesktop.loadComponentFromURL(Source, "_blank", 0, Options())
    Said = ""
    If Environ("RELAY_FUNCTION") <> "" Then Said = Called(Book)
    For Each LibraryName In Book.BasicLibraries.getElementNames()
        Book.BasicLibraries.loadLibrary(LibraryName)
        For Each ModuleName In Book.BasicLibraries.getByName(LibraryName).getElementNames()
            Said = Said & "module" & Chr(9) & LibraryName & Chr(9) & ModuleName & Chr(10)
        Next
    Next
    For Number = 0 To Book.Sheets.getCount() - 1
        Sheet = Book.Sheets.getByIndex(Number)
        Said = Said & "sheet" & Chr(9) & Sheet.Name & Chr(9) & Sheet.IsVisible & Chr(10)
        Said = Said & Buttons(Book, Sheet)
    Next
    TellAll(Answer, Said)
    Book.close(True)
    StarDesktop.terminate()
    Exit Sub
Failed:
    TellAll(Answer, Said & "failed: " & Error$ & " " & Erl)
    StarDesktop.terminate()
End Sub

Function Buttons(Book, Sheet) As String
    Said = ""
    For FormNumber = 0 To Sheet.DrawPage.Forms.getCount() - 1
        Form = Sheet.DrawPage.Forms.getByIndex(FormNumber)
        For Number = 0 To Form.getCount() - 1
            For Each Bound In Form.getScriptEvents(Number)
                Script = Bound.ScriptCode
                Said = Said & "button" & Chr(9) & Form.getByIndex(Number).Label & Chr(9) & Script
                Said = Said & Chr(9) & Pressed(Book, Script) & Chr(10)
            Next
        Next
    Next
    Buttons = Said
End Function

Function Called(Book) As String
    Script = "vnd.sun.star.script:VBAProject." & Environ("RELAY_FUNCTION") & "?language=Basic&location=document"
    Given = Array(Environ("RELAY_ARGUMENT"))
    Called = "call" & Chr(9) & Book.getScriptProvider().getScript(Script).invoke(Given, Array(), Array()) & Chr(10)
End Function

Function Pressed(Book, Script As String) As String
    Cell = Book.Sheets.getByIndex(0).getCellRangeByName("Z1")
    Cell.String = ""
    On Error GoTo Failed
    Book.getScriptProvider().getScript(Script).invoke(Array(), Array(), Array())
    Pressed = Cell.String
    Exit Function
Failed:
    Pressed = "failed: " & Error$
End Function

Sub TellAll(Path As String, Text As String)
    Files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
    Out = CreateUnoService("com.sun.star.io.TextOutputStream")
    Out.setOutputStream(Files.openFileWrite(ConvertToURL(Path)))
    Out.setEncoding("UTF-8")
    Out.writeString(Text)
    Out.closeOutput()
End Sub
